import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { Channel } from '../connection/channel';
import { insist, type Feed } from '../connection/connection';
import { described } from '../connection/requestError';
import { showSoon, type Shown } from '../connection/turn';
import type { Dialog, SendOptions } from '../model/contract';
import type { Conversation, Role } from '../model/conversation';
import type { Content, Entry, EntryStatus } from '../model/entry';
import { list, number, object, text, type Wire } from '../wire/read';
import { Composing, Typing } from './chatStates';
import type { Outbox, Pending } from './outbox';
import { contentOf } from './readContent';
import { Receipts } from './receipts';
import { transfer } from './transfer';

/** What a dialog needs of its client. */
export interface DialogHost {
  readonly isConsumer: boolean;
  readonly id: ReadonlySignal<string | null>;
  readonly outbox: Outbox;
  conversation(id: string): Conversation | undefined;
  send(dialog: DialogFeed, event: Wire | null, options?: SendOptions, file?: File, caption?: string): string;
  say(dialogId: string, event: Wire): void;
  fileAddress(relativePath: string): Promise<string>;
  dialogClosed(): void;
  /** How far a dialog was read that takes no receipts any more. */
  readMark(dialogId: string): number;
  setReadMark(dialogId: string, sequence: number): void;
}

const ORDER: Partial<Record<EntryStatus, number>> = { sent: 0, delivered: 1, read: 2 };

/** One dialog: subscribed to from where it was left on each connection, shown when it has caught up. */
export class DialogFeed implements Dialog, Feed, Shown {
  id: string;
  conversationId: string;
  readonly stored: Entry[] = [];
  /** How many look at it; without any it stays as it is, and says nothing to the server. */
  users = 0;
  protected readonly host: DialogHost;
  readonly entries = signal<readonly Entry[] | null>(null);
  readonly unread = signal(0);
  readonly consumerPresent = signal<boolean | null>(null);
  readonly error = signal<{ code: number; text: string } | null>(null);
  readonly #composing = new Composing();
  readonly composing = this.#composing.ids;
  readonly #typing: Typing;
  #receipts: Receipts;
  /** The highest number that came; those below came before. */
  #last = -1;
  #channel: Channel | null = null;
  #isSubscribed = false;
  /** The number to be reached before it is shown; null until it is known. */
  #target: number | null = null;
  #caughtUp: (() => void) | null = null;
  /** How far each side of the conversation has received and read what the other wrote. */
  readonly #marks = { consumer: { delivered: -1, read: -1 }, agents: { delivered: -1, read: -1 } };

  constructor(host: DialogHost, conversationId: string, dialogId: string) {
    this.id = dialogId;
    this.conversationId = conversationId;
    this.host = host;
    this.#typing = new Typing(chatState => this.#isOpen() && host.say(this.id, { type: 'ChatStateEvent', chatState }));
    this.#receipts = this.#newReceipts();
  }

  /** What is written here has this target in the outbox. */
  get target(): string {
    return this.id;
  }

  sendText(message: string, options?: SendOptions): string {
    return this.sendEvent({ type: 'ContentEvent', contentType: 'text/plain', message }, options);
  }

  sendEvent(event: Wire, options?: SendOptions): string {
    return this.#sent(this.host.send(this, event, options));
  }

  sendFile(file: File, options?: SendOptions & { readonly caption?: string }): string {
    return this.#sent(this.host.send(this, null, options, file, options?.caption ?? file.name));
  }

  retry(key: string): void {
    this.host.outbox.retry(key);
    this.show(true);
  }

  discard(key: string): void {
    this.host.outbox.discard(key);
    this.show(true);
  }

  typed(): void {
    this.#typing.typed();
  }

  markRead(): void {
    const newest = this.stored.findLast(entry => !entry.mine)?.sequence ?? -1;
    if (!this.#receipts.markRead(newest)) return;
    if (!this.#isOpen()) this.host.setReadMark(this.id, newest);
    this.unread.value = 0;
  }

  fileAddress(relativePath: string): Promise<string> {
    return this.host.fileAddress(relativePath);
  }

  close(): void {
    if (this.users > 0) this.users--;
    if (this.users > 0) return;
    this.#typing.sent();
    this.host.dialogClosed();
  }

  async resume(channel: Channel): Promise<void> {
    if (this.users === 0 || (this.#channel === channel && !this.error.value)) return;
    this.lost();
    this.#channel = channel;
    transfer().catch(() => {});
    const caughtUp = new Promise<void>(resolve => (this.#caughtUp = resolve));
    const { id: dialogId, conversationId } = this;
    try {
      // The replay does not say where it ends, so the newest event is asked for beside it.
      const [, newest] = await Promise.all([
        insist(channel, 'ms.SubscribeMessagingEvents', { dialogId, conversationId, fromSeq: this.#last + 1 }, { answered: () => (this.#isSubscribed = true) }),
        insist(channel, 'ms.QueryMessages', { dialogId, maxQuantity: 1 }),
      ]);
      if (this.#channel !== channel) return;
      this.error.value = null;
      this.#target = number(object(list(newest).at(-1)).sequence) ?? -1;
      this.#progress();
    } catch (error) {
      if (this.#channel !== channel || !channel.isOpen) return;
      this.error.value = described(error);
      this.#finish();
    }
    await caughtUp;
  }

  lost(): void {
    this.#channel = null;
    this.#isSubscribed = false;
    this.#target = null;
    this.#composing.clear();
    this.consumerPresent.value = null;
    this.#receipts.lost();
    this.#finish();
  }

  /** Somebody else looks at it now. */
  reset(): void {
    this.lost();
    this.#last = -1;
    this.stored.length = 0;
    this.#marks.consumer = { delivered: -1, read: -1 };
    this.#marks.agents = { delivered: -1, read: -1 };
    this.#receipts = this.#newReceipts();
    this.entries.value = null;
    this.unread.value = 0;
  }

  /** Something of its conversation changed: an agent who has joined may now read. */
  conversationChanged(channel: Channel | null): void {
    if (this.error.value && channel && !this.#caughtUp) void this.resume(channel);
    else if (this.#isCurrent()) this.#receipts.soon();
  }

  notified(change: Wire): void {
    if (!this.#isSubscribed) return;
    const event = object(change.event);
    const by = object(change.originatorMetadata);
    const id = String(by.id ?? change.originatorPId ?? change.originatorId);
    const role = String(by.role) as Role;
    const sequence = number(change.sequence);
    if (event.type === 'ChatStateEvent') return this.#chatState(id, role, String(event.chatState));
    if (sequence === null || sequence <= this.#last) return;
    const wasCurrent = this.#isCurrent();
    this.#last = sequence;
    if (event.type === 'AcceptStatusEvent') this.#receipt(id, role, event);
    else this.#content(change, event, sequence, id, role);
    if (wasCurrent) showSoon(this);
    else this.#progress();
  }

  /** Shows what is here, but not halfway through a replay, unless the user has just written something. */
  show(evenHalf = false): void {
    if (!evenHalf && !this.#isCurrent() && (this.entries.value === null || (this.#channel && !this.error.value))) return;
    this.entries.value = [...this.stored, ...this.pending()];
    this.unread.value = this.#countUnread();
  }

  /** What is being sent, as it is shown. */
  protected pending(): Entry[] {
    const from = { id: this.host.id.value ?? '', role: this.#ownRole() };
    return this.host.outbox.of(this.target).map(pending => pendingEntry(pending, from));
  }

  #sent(key: string): string {
    this.#typing.sent();
    this.show(true);
    return key;
  }

  #newReceipts(): Receipts {
    const receipts = new Receipts({ dialogId: this.id, stored: this.stored, channel: () => (this.#takesReceipts() ? this.#channel : null) });
    receipts.read = this.host.readMark(this.id);
    return receipts;
  }

  #progress(): void {
    if (this.#target === null || this.#last < this.#target) return;
    this.#finish();
    this.show();
    this.#receipts.soon();
  }

  #finish(): void {
    this.#caughtUp?.();
    this.#caughtUp = null;
  }

  #isCurrent(): boolean {
    return this.#channel !== null && this.#target !== null && this.#last >= this.#target;
  }

  #content(change: Wire, event: Wire, sequence: number, id: string, role: Role): void {
    const mine = this.#isMine(id, role);
    const eventId = text(change.eventId);
    const isPrivate = change.messageAudience === 'AGENTS_AND_MANAGERS';
    const at = number(change.serverTimestamp) ?? 0;
    const entry: Entry = {
      key: (mine && eventId) || `#${sequence}`, sequence, at, from: { id, role }, mine, content: contentOf(event), isPrivate,
      metadata: list(change.metadata).map(each => ({ ...object(each), type: String(object(each).type) })),
      status: 'received', error: null, progress: null,
    };
    this.stored.push(mine ? { ...entry, status: this.#statusOf(entry) } : entry);
    this.#composing.set(id, false);
    if (mine && eventId) this.host.outbox.remove(eventId);
    if (!mine && this.#isCurrent()) this.#receipts.soon();
  }

  #receipt(id: string, role: Role, event: Wire): void {
    const status = String(event.status);
    const upTo = Math.max(-1, ...list(event.sequenceList).map(each => number(each) ?? -1));
    if (this.#isMine(id, role)) {
      if (status === 'READ' || status === 'ACCEPT') this.#receipts.confirmed(status, upTo);
      return;
    }
    const mark = this.#marks[role === 'CONSUMER' ? 'consumer' : 'agents'];
    if (status !== 'READ' && status !== 'ACCEPT') return;
    const from = status === 'READ' ? mark.read : mark.delivered;
    if (upTo <= from) return;
    mark.delivered = Math.max(mark.delivered, upTo);
    if (status === 'READ') mark.read = upTo;
    for (let i = this.stored.length - 1; i >= 0 && this.stored[i]!.sequence! > from; i--) {
      const entry = this.stored[i]!;
      const reached = this.#statusOf(entry);
      if (entry.mine && (ORDER[reached] ?? 0) > (ORDER[entry.status] ?? 0)) this.stored[i] = { ...entry, status: reached };
    }
  }

  #chatState(id: string, role: Role, chatState: string): void {
    if (this.#isMine(id, role)) return;
    if (role === 'CONSUMER' && (chatState === 'ACTIVE' || chatState === 'BACKGROUND')) this.consumerPresent.value = chatState === 'ACTIVE';
    this.#composing.set(id, chatState === 'COMPOSING');
  }

  // A private message reaches agents alone, and so do all of a consultation.
  #statusOf(entry: Entry): EntryStatus {
    const isForAgents = this.host.isConsumer || entry.isPrivate || this.#record()?.type === 'AGENTS';
    const mark = this.#marks[isForAgents ? 'agents' : 'consumer'];
    return entry.sequence! <= mark.read ? 'read' : entry.sequence! <= mark.delivered ? 'delivered' : 'sent';
  }

  // A consumer's id changes when he signs in; there is one in a conversation.
  #isMine(id: string, role: Role): boolean {
    return this.host.isConsumer ? role === 'CONSUMER' : role !== 'CONSUMER' && id === this.host.id.value;
  }

  #countUnread(): number {
    const read = this.#receipts.readUpTo;
    let count = 0;
    for (let i = this.stored.length - 1; i >= 0 && this.stored[i]!.sequence! > read; i--) if (!this.stored[i]!.mine) count++;
    return count;
  }

  #record() {
    return this.host.conversation(this.conversationId)?.dialogs.find(dialog => dialog.id === this.id);
  }

  #ownRole(): Role {
    if (this.host.isConsumer) return 'CONSUMER';
    const id = this.host.id.value;
    return this.#record()?.participants.find(p => p.id === id && p.state === 'ACTIVE')?.role ?? 'ASSIGNED_AGENT';
  }

  #isOpen(): boolean {
    return this.#record()?.open ?? this.id !== '';
  }

  #takesReceipts(): boolean {
    if (this.users === 0 || !this.#isCurrent() || !this.#isOpen()) return false;
    if (this.host.isConsumer) return true;
    const id = this.host.id.value;
    return this.#record()?.participants.some(p => p.id === id && p.state === 'ACTIVE') ?? false;
  }
}

/** How something that is being sent is shown by whoever writes it. */
function pendingEntry(pending: Pending, from: Entry['from']): Entry {
  const content: Content = pending.event
    ? contentOf(pending.event)
    : { kind: 'file', relativePath: '', fileType: pending.upload?.file.fileType ?? '', caption: pending.upload?.file.name ?? '', preview: pending.upload?.file.preview ?? null };
  return {
    key: pending.eventId, sequence: pending.sequence, at: pending.at, from, mine: true, content, isPrivate: pending.isPrivate,
    metadata: pending.metadata as Entry['metadata'],
    status: pending.error ? 'failed' : pending.sequence === null ? 'sending' : 'sent',
    error: pending.error, progress: pending.progress,
  };
}
