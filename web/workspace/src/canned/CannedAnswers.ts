import { signal, type ReadonlySignal } from '@preact/signals';
import type { AdminClient, CannedAnswer } from '@parley/client/admin';

/** The answers this agent may use: fetched once, and again when somebody opens them and they are old. */
export class CannedAnswers {
  readonly #admin: AdminClient;
  readonly #answers = signal<readonly CannedAnswer[] | null>(null);
  readonly #error = signal<string | null>(null);
  #fetchedAt = 0;
  #fetching = false;

  constructor(admin: AdminClient) {
    this.#admin = admin;
  }

  /** Null until they are known. */
  get answers(): ReadonlySignal<readonly CannedAnswer[] | null> {
    return this.#answers;
  }

  get error(): ReadonlySignal<string | null> {
    return this.#error;
  }

  async freshen(maxAgeMs = 60_000): Promise<void> {
    if (this.#fetching || Date.now() - this.#fetchedAt < maxAgeMs) return;
    this.#fetching = true;
    try {
      this.#answers.value = await this.#admin.cannedAnswers();
      this.#fetchedAt = Date.now();
      this.#error.value = null;
    } catch (error) {
      this.#error.value = error instanceof Error ? error.message : String(error);
    } finally {
      this.#fetching = false;
    }
  }
}
