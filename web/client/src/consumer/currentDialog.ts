import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { DialogFeed } from '../messages/dialogFeed';
import { pendingEntry } from '../messages/dialogFeed';
import type { Pending } from '../messages/outbox';
import type { CurrentDialog, SendOptions } from '../model/contract';
import type { Conversation } from '../model/conversation';
import type { Entry } from '../model/entry';
import type { Wire } from '../wire/read';

export interface CurrentHost {
  all(): readonly Conversation[] | null;
  ownId(): string | null;
  pendingOfCurrent(): readonly Pending[];
  followDialog(conversationId: string): DialogFeed;
  sendToCurrent(event: Wire | null, options?: SendOptions, file?: { file: File; caption: string }): string;
  retry(key: string): void;
  discard(key: string): void;
}

/** The newest open conversation's main dialog, or where there is none the newest, until the next message opens another. */
export class Current implements CurrentDialog {
  readonly #host: CurrentHost;
  readonly #feed = signal<DialogFeed | null>(null);
  readonly conversation = signal<Conversation | null>(null);
  /** What waits for a first conversation; null until it is known whether there is one. */
  readonly #waiting = signal<readonly Entry[] | null>(null);

  readonly entries: ReadonlySignal<readonly Entry[] | null> = computed(() => this.#feed.value?.entries.value ?? this.#waiting.value);
  readonly composing: ReadonlySignal<readonly string[]> = computed(() => this.#feed.value?.composing.value ?? []);
  readonly consumerPresent: ReadonlySignal<boolean | null> = computed(() => this.#feed.value?.consumerPresent.value ?? null);
  readonly unread: ReadonlySignal<number> = computed(() => this.#feed.value?.unread.value ?? 0);
  readonly error: ReadonlySignal<{ readonly code: number; readonly text: string } | null> = computed(() => this.#feed.value?.error.value ?? null);

  constructor(host: CurrentHost) {
    this.#host = host;
  }

  get feed(): DialogFeed | null {
    return this.#feed.value;
  }

  /** The list has changed. */
  choose(): void {
    const all = this.#host.all();
    const chosen = all && newest(all);
    if (chosen && chosen.id !== this.#feed.value?.conversationId) {
      const before = this.#feed.value;
      this.#feed.value = this.#host.followDialog(chosen.id);
      before?.close();
    } else if (all && !chosen) {
      this.#feed.value?.close();
      this.#feed.value = null;
    }
    this.conversation.value = chosen ?? null;
    this.show();
  }

  /** What waits has changed. */
  show(): void {
    const pending = this.#host.pendingOfCurrent();
    const from = { id: this.#host.ownId() ?? '', role: 'CONSUMER' } as const;
    const isKnown = this.#host.all() !== null && this.#feed.value === null;
    this.#waiting.value = isKnown || pending.length > 0 ? pending.map(each => pendingEntry(each, from)) : null;
  }

  sendText(message: string, options?: SendOptions): string {
    return this.sendEvent({ type: 'ContentEvent', contentType: 'text/plain', message }, options);
  }

  sendEvent(event: Wire, options?: SendOptions): string {
    this.#feed.value?.sent();
    return this.#host.sendToCurrent(event, options);
  }

  sendFile(file: File, options?: SendOptions & { readonly caption?: string }): string {
    return this.#host.sendToCurrent(null, options, { file, caption: options?.caption ?? file.name });
  }

  retry(key: string): void {
    this.#host.retry(key);
  }

  discard(key: string): void {
    this.#host.discard(key);
  }

  typed(): void {
    if (this.conversation.value?.mainOpen) this.#feed.value?.typed();
  }

  markRead(): void {
    this.#feed.value?.markRead();
  }

  fileAddress(relativePath: string): Promise<string> {
    return this.#feed.value?.fileAddress(relativePath) ?? Promise.reject(new Error('There is no conversation'));
  }

  /** It lives as long as its client. */
  close(): void {}

  /** Somebody else looks at it now. */
  reset(): void {
    this.#feed.value?.close();
    this.#feed.value = null;
    this.conversation.value = null;
  }
}

const newest = (all: readonly Conversation[]): Conversation | undefined =>
  [...all].sort((a, b) => Number(b.mainOpen) - Number(a.mainOpen) || b.startedAt - a.startedAt)[0];
