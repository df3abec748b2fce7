import { signal, type ReadonlySignal } from '@preact/signals';

export type Patch = Readonly<Record<string, unknown>>;

/** A record of the server's and its changes, one after the other, so that no answer overtakes another. */
export class Saved<R> {
  readonly #record;
  readonly #send: (patch: Patch) => Promise<R>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(record: R, send: (patch: Patch) => Promise<R>) {
    this.#record = signal(record);
    this.#send = send;
  }

  /** As the server last told it. */
  get record(): ReadonlySignal<R> {
    return this.#record;
  }

  /** What somebody else told of it. */
  replace(record: R): void {
    this.#record.value = record;
  }

  /** Resolves when the server has it and {@link record} says so. */
  save(patch: Patch): Promise<void> {
    const done = this.#last.then(async () => {
      this.#record.value = await this.#send(patch);
    });
    this.#last = done.catch(() => undefined);
    return done;
  }
}
