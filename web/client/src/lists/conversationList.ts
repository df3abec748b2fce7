import { signal } from '@preact/signals-core';
import { insist, type Feed } from '../connection/connection';
import type { Channel } from '../connection/channel';
import { showSoon, type Shown } from '../connection/turn';
import type { ConversationFilter, ConversationList } from '../model/contract';
import type { Conversation } from '../model/conversation';
import { list, object, type Wire } from '../wire/read';
import { readConversation, type Reader } from './readConversation';

export interface ListHost {
  readonly reader: Reader;
  /** A conversation came, changed or (`isGone`) left the list. */
  conversationChanged(conversation: Conversation, isGone: boolean): void;
  listCaughtUp(list: FollowedList): void;
  listClosed(list: FollowedList): void;
}

/** A list that is subscribed to again on each connection; the first notification then tells what it has become. */
export class FollowedList implements ConversationList, Feed, Shown {
  readonly #host: ListHost;
  readonly #filter: ConversationFilter;
  readonly conversations = signal<readonly Conversation[] | null>(null);
  readonly #all = new Map<string, Conversation>();
  #channel: Channel | null = null;
  #subscription: string | null = null;
  #caughtUp: (() => void) | null = null;

  constructor(host: ListHost, filter: ConversationFilter) {
    this.#host = host;
    this.#filter = filter;
  }

  get(id: string): Conversation | undefined {
    return this.#all.get(id);
  }

  close(): void {
    const [channel, subscriptionId] = [this.#channel, this.#subscription];
    this.lost();
    this.#host.listClosed(this);
    if (subscriptionId) channel?.request('cqm.UnsubscribeExConversations', { subscriptionId }).catch(() => {});
  }

  async resume(channel: Channel): Promise<void> {
    this.#channel = channel;
    const caughtUp = new Promise<void>(resolve => (this.#caughtUp = resolve));
    try {
      await insist(channel, 'cqm.SubscribeExConversations', this.#body(), {
        answered: body => (this.#subscription = String(object(body).subscriptionId)),
      });
    } catch {
      this.#finish();
    }
    await caughtUp;
  }

  lost(): void {
    this.#channel = this.#subscription = null;
    this.#finish();
  }

  /** Somebody else looks at it now. */
  reset(): void {
    this.#all.clear();
    this.conversations.value = null;
  }

  show(): void {
    this.conversations.value = [...this.#all.values()];
  }

  /** @returns Whether the notification is this list's. */
  notified(body: Wire): boolean {
    if (body.subscriptionId !== this.#subscription) return false;
    const isFirst = this.#caughtUp !== null;
    const changes = list(body.changes).map(object).map(change => ({
      isGone: change.type === 'DELETE',
      conversation: readConversation(object(change.result), this.#host.reader),
    }));
    const gone = isFirst ? this.#absent(new Set(changes.map(change => change.conversation.id))) : [];
    const changed = changes.filter(({ conversation, isGone }) => {
      if (isFirst && isSame(this.#all.get(conversation.id), conversation)) return false;
      if (isGone) this.#all.delete(conversation.id);
      else this.#all.set(conversation.id, conversation);
      return true;
    });
    if (isFirst) this.show();
    else showSoon(this);
    for (const { conversation, isGone } of changed) this.#host.conversationChanged(conversation, isGone);
    for (const conversation of gone) this.#host.conversationChanged(conversation, true);
    if (isFirst) this.#host.listCaughtUp(this);
    this.#finish();
    return true;
  }

  #finish(): void {
    this.#caughtUp?.();
    this.#caughtUp = null;
  }

  // What went while nobody listened is not in the first notification.
  #absent(there: ReadonlySet<string>): Conversation[] {
    const absent = [...this.#all.values()].filter(conversation => !there.has(conversation.id));
    for (const { id } of absent) this.#all.delete(id);
    return absent;
  }

  #body(): Wire {
    const { open, closed, mine, consumerId, updatedSince } = this.#filter;
    const agentId = this.#host.reader.agentId;
    return {
      ...(open && !closed ? { stage: ['OPEN'] } : closed && !open ? { stage: ['CLOSE'] } : {}),
      ...(mine && agentId ? { agentIds: [agentId] } : {}),
      ...(consumerId ? { consumerId } : {}),
      ...(updatedSince ? { minLastUpdatedTime: updatedSince } : {}),
    };
  }
}

const isSame = (a: Conversation | undefined, b: Conversation): boolean => a !== undefined && a.updatedAt === b.updatedAt && JSON.stringify(a) === JSON.stringify(b);
