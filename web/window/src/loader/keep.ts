/** A storage that never throws: where the browser refuses (a sandboxed frame, private mode, full), things live in memory. */
export class Keep {
  readonly #memory = new Map<string, string>();

  readonly #prefix: string;
  readonly #storage: () => Storage;

  constructor(prefix: string, storage: () => Storage) {
    this.#prefix = prefix;
    this.#storage = storage;
  }

  get(name: string): string | null {
    try {
      return this.#storage().getItem(this.#prefix + name);
    } catch {
      return this.#memory.get(name) ?? null;
    }
  }

  set(name: string, value: string | null): void {
    try {
      if (value === null) this.#storage().removeItem(this.#prefix + name);
      else this.#storage().setItem(this.#prefix + name, value);
    } catch {
      if (value === null) this.#memory.delete(name);
      else this.#memory.set(name, value);
    }
  }

  /** Calls back when another tab changes it. */
  watch(name: string, changed: (value: string | null) => void): () => void {
    const listener = (event: StorageEvent) => {
      if (event.key === this.#prefix + name) changed(event.newValue);
    };
    addEventListener('storage', listener);
    return () => removeEventListener('storage', listener);
  }
}
