import { signal, type ReadonlySignal } from '@preact/signals';
import { explainRefusal } from './model/refusal';

/** Something of the server's that is fetched when it is looked at, and kept while it is fetched again. */
export class Resource<T> {
  readonly #fetch: () => Promise<T>;
  readonly #value = signal<T | null>(null);
  readonly #error = signal<string | null>(null);
  #latest = 0;

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch;
  }

  /** Null until it is known. */
  get value(): ReadonlySignal<T | null> {
    return this.#value;
  }

  /** Why the last fetch failed, in plain words; null when it did not. */
  get error(): ReadonlySignal<string | null> {
    return this.#error;
  }

  async load(): Promise<void> {
    const mine = ++this.#latest;
    try {
      const value = await this.#fetch();
      if (mine !== this.#latest) return;
      this.#value.value = value;
      this.#error.value = null;
    } catch (error) {
      if (mine === this.#latest) this.#error.value = explainRefusal(error);
    }
  }

  /** What a change made of it; a fetch on its way does not overwrite it with what was before. */
  put(change: (value: T) => T): void {
    if (this.#value.peek() === null) return;
    this.#latest++;
    this.#value.value = change(this.#value.peek()!);
  }
}
