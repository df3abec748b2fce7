import { signal, type ReadonlySignal } from '@preact/signals-core';
import { backoff, delay } from './connection/backoff';
import type { Channel } from './connection/channel';
import { Connection, type Dialling } from './connection/connection';
import { isTemporary } from './connection/requestError';
import { showSoon } from './connection/turn';
import { ask, type Fetch } from './identity/http';
import { FollowedList, type ListHost } from './lists/conversationList';
import type { Reader } from './lists/readConversation';
import { DialogFeed, type DialogHost } from './messages/dialogFeed';
import { KeptOutbox } from './messages/keptOutbox';
import { Outbox, type OutboxHost } from './messages/outbox';
import { uploadOf } from './messages/upload';
import type { Client, ClientOptions, ConversationFilter, ConversationList, Dialog, KeyValueStorage, SendOptions } from './model/contract';
import type { ConnectionState } from './model/connectionState';
import type { Conversation } from './model/conversation';
import type { AgentCard, Profile } from './model/profile';
import { readProfile } from './readProfile';
import { storageThatHolds } from './storage';
import { safeAddress } from './wire/safeAddress';
import { list, object, text, type Wire } from './wire/read';
import { newId } from './wire/newId';

/** Dialogs that nobody looks at any more but that are kept as they are, so that coming back to one is a matter of what is new. */
const MOST_IDLE = 30;

export abstract class BaseClient implements Client, Dialling, ListHost, DialogHost, OutboxHost {
  abstract readonly isConsumer: boolean;
  abstract readonly reader: Reader;
  readonly account: string;
  protected readonly options: ClientOptions;
  protected readonly server: string;
  protected readonly fetch: Fetch;
  protected readonly storage: KeyValueStorage;
  protected readonly kept: KeptOutbox;
  protected readonly wire: Connection;
  readonly connection: ReadonlySignal<ConnectionState>;
  readonly outbox = new Outbox(this);
  readonly id = signal<string | null>(null);
  readonly #lists = new Set<FollowedList>();
  protected readonly dialogs = new Set<DialogFeed>();
  readonly #cards = new Map<string, Promise<AgentCard>>();

  constructor(options: ClientOptions) {
    this.options = options;
    this.account = options.account;
    this.server = options.server.replace(/\/$/, '');
    this.fetch = options.transport?.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.storage = storageThatHolds(options.storage, 'localStorage');
    this.kept = new KeptOutbox(this.account, this.storage, () => this.outbox);
    this.wire = new Connection(this);
    this.connection = this.wire.state;
  }

  abstract address(renew: boolean): Promise<string>;
  abstract greet(channel: Channel): Promise<void>;
  abstract isRefused(): Promise<boolean>;
  /** A notification that is neither of lists nor of messages. */
  protected notifiedElse(_type: string, _body: Wire): void {}

  now(): number {
    return this.wire.now();
  }

  start(): void {
    this.kept.watch(true);
    this.wire.start();
  }

  stop(): void {
    this.kept.watch(false);
    this.wire.end('stopped');
  }

  retryNow(): void {
    this.wire.retryNow();
  }

  list(filter: ConversationFilter): ConversationList {
    const followed = new FollowedList(this, filter);
    this.#lists.add(followed);
    this.wire.add(followed);
    return followed;
  }

  dialog(conversationId: string, dialogId = conversationId): Dialog {
    const dialog = [...this.dialogs].find(each => each.target === dialogId) ?? new DialogFeed(this, conversationId, dialogId);
    dialog.users++;
    // Last is who was asked for last.
    this.dialogs.delete(dialog);
    this.dialogs.add(dialog);
    this.wire.add(dialog);
    return dialog;
  }

  async request(type: string, body?: unknown, options?: { readonly metadata?: readonly unknown[] }): Promise<unknown> {
    return (await this.wire.ready()).request(type, body, options);
  }

  async update(conversationId: string, fields: readonly Wire[]): Promise<void> {
    await this.repeat('cm.UpdateConversationField', { conversationId, conversationField: fields, eventId: newId() });
  }

  agentCard(publicId: string): Promise<AgentCard> {
    let card = this.#cards.get(publicId);
    if (!card) {
      const url = `${this.server}/api/account/${encodeURIComponent(this.account)}/configuration/le-users/users/${encodeURIComponent(publicId)}`;
      card = ask(this.fetch, url).then(body => ({
        id: publicId, nickname: text(body.nickname), fullName: text(body.fullName), pictureUrl: safeAddress(body.pictureUrl, ['http:', 'https:']),
      }));
      this.#cards.set(publicId, card);
      card.catch(() => this.#cards.delete(publicId));
    }
    return card;
  }

  async profile(consumerId?: string): Promise<Profile> {
    return readProfile(object(await this.repeat('userprofile.GetUserProfile', consumerId ? { userId: consumerId } : {})));
  }

  /** Somebody else uses this client now. */
  protected reset(): void {
    for (const followed of this.#lists) followed.reset();
    for (const dialog of this.dialogs) {
      dialog.reset();
      if (dialog.users === 0) this.dialogs.delete(dialog);
    }
  }

  /** A request that may be made twice: until it is answered. */
  protected async repeat(type: string, body: unknown): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      const channel = await this.wire.ready();
      try {
        return await channel.request(type, body);
      } catch (error) {
        if (!isTemporary(error)) throw error;
        if (channel.isOpen) await delay(500 + backoff(attempt));
      }
    }
  }

  // What lists need.

  conversationChanged(conversation: Conversation, _isGone: boolean): void {
    for (const dialog of this.dialogs) {
      if (dialog.conversationId === conversation.id) dialog.conversationChanged(this.wire.channel);
    }
  }

  listCaughtUp(_followed: FollowedList): void {}

  listClosed(followed: FollowedList): void {
    this.#lists.delete(followed);
    this.wire.remove(followed);
  }

  conversation(id: string): Conversation | undefined {
    for (const followed of this.#lists) {
      const found = followed.get(id);
      if (found) return found;
    }
    return undefined;
  }

  // What dialogs need.

  dialogClosed(): void {
    const idle = [...this.dialogs].filter(dialog => dialog.users === 0);
    for (const dialog of idle.slice(0, -MOST_IDLE)) {
      this.dialogs.delete(dialog);
      this.wire.remove(dialog);
      dialog.lost();
    }
  }

  send({ id, conversationId, target }: DialogFeed, event: Wire | null, options?: SendOptions, file?: File, caption = ''): string {
    const eventId = newId();
    this.outbox.add(
      {
        eventId, target, event, ...(target ? { dialogId: id, conversationId } : { dialogId: null, conversationId: null }),
        isPrivate: options?.isPrivate ?? false, metadata: options?.metadata ?? [], at: Date.now(), opening: null, error: null,
      },
      file ? uploadOf(file, caption, this.server) : null,
    );
    return eventId;
  }

  say(dialogId: string, event: Wire): void {
    this.channel()?.request('ms.PublishEvent', { dialogId, event }).catch(() => {});
  }

  async fileAddress(relativePath: string): Promise<string> {
    const address = object(await this.repeat('ms.GenerateURLForDownloadFile', { relativePath }));
    return `${this.server}${String(address.relativePath)}?${new URLSearchParams(object(address.queryParams) as Record<string, string>)}`;
  }

  readMark(_dialogId: string): number {
    return -1;
  }

  setReadMark(_dialogId: string, _sequence: number): void {}

  // What the outbox needs.

  keep(): void {
    this.kept.write();
  }

  channel(): Channel | null {
    return this.wire.isOnline ? this.wire.channel : null;
  }

  pendingChanged(target: string): void {
    for (const dialog of this.dialogs) if (dialog.target === target) showSoon(dialog);
  }

  // What the connection needs.

  socket(url: string): WebSocket {
    return new (this.options.transport?.WebSocket ?? WebSocket)(url);
  }

  online(): void {
    this.outbox.pumpAll();
  }

  notified(type: string, body: Wire): void {
    if (type.endsWith('ExConversationChangeNotification')) {
      for (const followed of this.#lists) if (followed.notified(body)) return;
    } else if (type.endsWith('OnlineEventDistribution')) {
      this.#told(body);
    } else if (type.endsWith('MessagingEventNotification')) {
      for (const change of list(body.changes)) this.#told(object(change));
    } else {
      this.notifiedElse(type, body);
    }
  }

  #told(change: Wire): void {
    for (const dialog of this.dialogs) if (dialog.id === change.dialogId) dialog.notified(change);
  }
}
