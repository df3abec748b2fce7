import { signal } from '@preact/signals-core';
import { DialogFeed, type DialogHost } from '../messages/dialogFeed';
import type { CurrentDialog } from '../model/contract';
import type { Conversation } from '../model/conversation';

export interface CurrentHost extends DialogHost {
  /** The consumer's conversations; null until they are known. */
  all(): readonly Conversation[] | null;
  follow(dialog: DialogFeed): void;
}

/** The newest open conversation's main dialog, or where there is none the newest, until the next message opens another. */
export class Current extends DialogFeed implements CurrentDialog {
  readonly conversation = signal<Conversation | null>(null);
  readonly #host: CurrentHost;

  constructor(host: CurrentHost) {
    super(host, '', '');
    this.#host = host;
    this.users = 1;
  }

  override get target(): string {
    return '';
  }

  /** The list has changed. */
  choose(): void {
    const chosen = newest(this.#host.all() ?? []);
    const id = chosen?.id ?? '';
    this.conversation.value = chosen ?? null;
    if (id !== this.id) {
      this.id = this.conversationId = id;
      this.reset();
      // What another conversation has is not on its way to this one.
      for (const { eventId, sequence, conversationId } of this.host.outbox.of('')) if (sequence !== null && conversationId !== id) this.host.outbox.remove(eventId);
      if (id) this.#host.follow(this);
    }
    this.show();
  }

  override show(evenHalf = false): void {
    const pending = this.pending();
    if (this.entries.value === null && (pending.length > 0 || (!this.id && this.#host.all()))) this.entries.value = pending;
    else super.show(evenHalf || !this.id);
  }

  /** It lives as long as its client. */
  override close(): void {}
}

const newest = (all: readonly Conversation[]): Conversation | undefined =>
  [...all].sort((a, b) => Number(b.mainOpen) - Number(a.mainOpen) || b.startedAt - a.startedAt)[0];
