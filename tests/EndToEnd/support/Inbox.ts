/** What has come so far, and a way to wait for what is still to come. */
export class Inbox<T> {
  readonly items: T[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  push(item: T): void {
    this.items.push(item);
    for (const check of [...this.#waiting]) check();
  }

  first(what: string, matches: (item: T) => boolean, timeout?: number): Promise<T> {
    return this.until(what, () => this.items.find(matches), timeout);
  }

  /** Waits until this gives something; asked anew with each item. */
  until<R>(what: string, find: () => R | undefined, timeout = 10_000): Promise<R> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = find();
        if (found === undefined) return false;
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve(found);
        return true;
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`${this.#name}: ${what} did not come; the last that came: ${JSON.stringify(this.items.slice(-5))}`));
      }, timeout);
      if (!check()) this.#waiting.add(check);
    });
  }
}
