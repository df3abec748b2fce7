import { signal, type Signal } from '@preact/signals';

/** Files chosen for messages that are not sent yet, by conversation. They live as long as the page. */
export class Attachments {
  readonly #files = new Map<string, Signal<readonly File[]>>();

  of(conversationId: string): Signal<readonly File[]> {
    let files = this.#files.get(conversationId);
    if (files === undefined) this.#files.set(conversationId, (files = signal([])));
    return files;
  }

  has(conversationId: string): boolean {
    return (this.#files.get(conversationId)?.peek().length ?? 0) > 0;
  }

  /** Conversations with files. */
  get conversations(): readonly string[] {
    return [...this.#files.keys()].filter((id) => this.has(id));
  }
}
