import { signal } from '@preact/signals-core';

const SHOWN_FOR = 8_000;
const REPEATED_AFTER = 4_000;
const PAUSE_AFTER = 5_000;

/** Who is writing, of others; what nobody confirms ends by itself. */
export class Composing {
  readonly ids = signal<readonly string[]>([]);
  readonly #ends = new Map<string, ReturnType<typeof setTimeout>>();

  set(id: string, isComposing: boolean): void {
    const had = this.#ends.has(id);
    clearTimeout(this.#ends.get(id));
    this.#ends.delete(id);
    if (isComposing) this.#ends.set(id, setTimeout(() => this.set(id, false), SHOWN_FOR));
    if (had !== isComposing) this.ids.value = [...this.#ends.keys()];
  }

  clear(): void {
    for (const id of [...this.#ends.keys()]) this.set(id, false);
  }
}

/** Says that this user is writing, seldom, and that he has stopped. */
export class Typing {
  readonly #say: (chatState: string) => void;
  #saidAt = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (chatState: string) => void) {
    this.#say = say;
  }

  typed(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#saidAt = 0;
      this.#say('PAUSE');
    }, PAUSE_AFTER);
    if (Date.now() - this.#saidAt < REPEATED_AFTER) return;
    this.#saidAt = Date.now();
    this.#say('COMPOSING');
  }

  /** What was written has been sent, which says it all. */
  sent(): void {
    clearTimeout(this.#pause);
    this.#saidAt = 0;
  }
}
