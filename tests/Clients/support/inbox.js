const patience = 20_000;

/** What arrived at one place, in order. Whoever waits for something names it, so that a time-out can say what came instead. */
export class Inbox {
  #name;
  #waiting = [];

  constructor(name) {
    this.#name = name;
    this.items = [];
  }

  push(item) {
    this.items.push(item);
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach(check => check());
  }

  /** The first item, arrived already or still to come, that matches. */
  first(what, matches) {
    return this.until(what, items => items.find(matches));
  }

  /** What `find` makes of the items as soon as it makes something of them. */
  until(what, find) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter(waiting => waiting !== check);
        reject(new Error(`${this.#name}: ${what} did not come; what came:\n${this.items.map(item => JSON.stringify(item)).join('\n')}`));
      }, patience);
      const check = () => {
        const found = find(this.items);
        if (found === undefined) return this.#waiting.push(check);
        clearTimeout(timer);
        resolve(found);
      };
      check();
    });
  }
}
