import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';

export interface FieldOptions<V> {
  /** What it is called when it is said that it was saved. */
  readonly label: string;
  /** What the server has. */
  read(): V;
  /** Resolves when the server has it and `read` says so. */
  write(value: V): Promise<void>;
  /** Why it cannot be so, else null. */
  check?(value: V): string | null;
  /** Words for a rejection of `write`. */
  explain(error: unknown): string;
  /** Called after a change; `undo` puts back what was there. */
  onSaved?(field: Field<V>, undo: () => void): void;
  /** Called when it failed and nobody shows the field any more. */
  onLost?(field: Field<V>, why: string): void;
}

/**
 * One value of a form that is saved by itself. It shows what was typed until the server has it or the user takes it back; what
 * failed stays typed, with the reason beside it.
 */
export class Field<V> {
  readonly #options: FieldOptions<V>;
  readonly #typed = signal<{ readonly value: V } | null>(null);
  readonly #error = signal<string | null>(null);
  readonly #saving = signal(0);
  readonly #justSaved = signal(false);
  /** Whether it is on the screen. */
  shown = true;

  readonly value: ReadonlySignal<V> = computed(() => (this.#typed.value === null ? this.#options.read() : this.#typed.value.value));
  /** Whether something is shown that the server does not have. */
  readonly unsaved: ReadonlySignal<boolean> = computed(() => this.#typed.value !== null);

  constructor(options: FieldOptions<V>) {
    this.#options = options;
  }

  get label(): string {
    return this.#options.label;
  }

  get error(): ReadonlySignal<string | null> {
    return this.#error;
  }

  /** `saved` lasts until it is changed again. */
  readonly status: ReadonlySignal<'clean' | 'typed' | 'saving' | 'saved' | 'failed'> = computed(() =>
    this.#saving.value > 0 ? 'saving' : this.#error.value !== null ? 'failed' : this.#typed.value !== null ? 'typed' : this.#justSaved.value ? 'saved' : 'clean',
  );

  /** As it is typed; nothing is sent. */
  type(value: V): void {
    batch(() => {
      this.#typed.value = { value };
      this.#error.value = null;
      this.#justSaved.value = false;
    });
  }

  /** Says why what is typed makes no sense, where there is no value to say it of. */
  refuse(why: string): void {
    this.#error.value = why;
  }

  /** Saves what was typed, if it differs from what the server has and makes sense. */
  async commit(): Promise<void> {
    const typed = this.#typed.peek();
    if (typed === null || (this.#saving.peek() > 0 && this.#sent === typed)) return;
    const before = this.#options.read();
    if (same(typed.value, before) && this.#saving.peek() === 0) return this.revert();
    const wrong = this.#options.check?.(typed.value) ?? null;
    if (wrong !== null) {
      this.#error.value = wrong;
      return;
    }
    await this.#write(typed, before);
  }

  /** Types and saves in one: switches, lists of choices, undo. */
  set(value: V): Promise<void> {
    this.type(value);
    return this.commit();
  }

  /** Shows what the server has. */
  revert(): void {
    batch(() => {
      this.#typed.value = null;
      this.#error.value = null;
    });
  }

  #sent: { readonly value: V } | null = null;

  async #write(typed: { readonly value: V }, before: V): Promise<void> {
    this.#sent = typed;
    batch(() => {
      this.#saving.value++;
      this.#error.value = null;
    });
    try {
      await this.#options.write(typed.value);
      batch(() => {
        this.#saving.value--;
        // What was typed while it was on its way is still to be saved.
        if (this.#typed.peek() !== typed) return;
        this.#typed.value = null;
        this.#justSaved.value = true;
      });
      this.#options.onSaved?.(this, () => void this.set(before));
    } catch (error) {
      const why = this.#options.explain(error);
      batch(() => {
        this.#saving.value--;
        if (this.#typed.peek() === typed) this.#error.value = why;
      });
      if (!this.shown) this.#options.onLost?.(this, why);
    }
  }
}

/** Whether two values of JSON are the same. */
export const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
