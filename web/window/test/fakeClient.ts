import { signal, type Signal } from '@preact/signals-core';
import type { AgentCard, ConnectionState, ConsumerClient, Content, Conversation, CurrentDialog, Dialog, DialogRecord, Entry, Profile, Role, ServiceInfo, WaitingInfo } from '@parley/client';

type Following = Omit<Dialog, 'id' | 'conversationId'>;

/** A dialog in memory. What the consumer sends is stored at once, unless `hold` is set. */
export class FakeDialog implements Dialog {
  readonly id: string;
  readonly conversationId: string;
  readonly entries: Signal<readonly Entry[] | null> = signal<readonly Entry[] | null>([]);
  readonly composing: Signal<readonly string[]> = signal<readonly string[]>([]);
  readonly consumerPresent = signal(null);
  readonly unread = signal(0);
  readonly error = signal(null);
  readonly events: { event: unknown; options: unknown }[] = [];
  readonly sent: { text: string; metadata: unknown }[] = [];
  hold = false;
  closed = false;
  typedCount = 0;
  private sequence = 0;
  private counter = 0;

  constructor(id: string, conversationId: string) {
    this.id = id;
    this.conversationId = conversationId;
  }

  add(entry: Partial<Entry> & { content: Content }): Entry {
    const mine = entry.mine ?? false;
    const full: Entry = {
      key: mine ? `event-${this.id}-${this.counter++}` : String(this.sequence), sequence: this.sequence++, at: Date.now(),
      from: mine ? { id: 'me', role: 'CONSUMER' } : { id: 'agent', role: 'ASSIGNED_AGENT' }, mine, isPrivate: false, metadata: [],
      status: mine ? 'sent' : 'received', error: null, progress: null, ...entry,
    };
    this.entries.value = [...(this.entries.value ?? []), full];
    if (!mine) this.unread.value++;
    return full;
  }

  agentSays(text: string, more: Partial<Entry> = {}): Entry {
    return this.add({ content: { kind: 'text', text, quickReplies: null }, ...more });
  }

  change(key: string, change: Partial<Entry>): void {
    this.entries.value = (this.entries.value ?? []).map(e => (e.key === key ? { ...e, ...change } : e));
  }

  sendText(text: string, options?: { metadata?: unknown }): string {
    this.sent.push({ text, metadata: options?.metadata });
    return this.add({ mine: true, content: { kind: 'text', text, quickReplies: null }, ...(this.hold && { sequence: null, status: 'sending' as const }) }).key;
  }

  sendFile(file: File, options?: { caption?: string }): string {
    const type = file.name.split('.').at(-1)!.toUpperCase();
    return this.add({ mine: true, content: { kind: 'file', relativePath: `/${file.name}`, fileType: type, caption: options?.caption ?? '', preview: null } }).key;
  }

  sendEvent(event: unknown, options?: unknown): string {
    this.events.push({ event, options });
    return '';
  }

  retry(key: string): void {
    this.change(key, { status: 'sent', error: null });
  }

  discard(key: string): void {
    this.entries.value = (this.entries.value ?? []).filter(e => e.key !== key);
  }

  typed(): void {
    this.typedCount++;
  }

  markRead(): void {
    this.unread.value = 0;
  }

  fileAddress(path: string): Promise<string> {
    return Promise.resolve(`https://server.test${path}`);
  }

  close(): void {
    this.closed = true;
  }
}

export const fakeConversation = (id: string, more: Partial<Conversation> = {}): Conversation => ({
  id, open: true, mainOpen: true, closeReason: null, skillId: null, consumerId: 'me', assignedAgentId: null, participants: [], dialogs: [],
  startedAt: 0, endedAt: null, updatedAt: 0, dueAt: null, ttr: null, manualDueAt: null, delay: null, csat: null, firstConversation: false,
  note: null, topic: null, context: {}, campaign: null, last: null, unread: 0, ...more,
});

export const fakeSurvey = (id: string, open: boolean): DialogRecord => ({
  id, type: 'POST_SURVEY', channel: 'MESSAGING', open, participants: [], createdAt: 0, endedAt: null,
});

/** A consumer's client without a server: the tests play the brand's side. */
export class FakeClient implements ConsumerClient {
  readonly account = 'demo';
  readonly connection: Signal<ConnectionState> = signal<ConnectionState>({ kind: 'online' });
  readonly id = signal<string | null>('me');
  readonly all: Signal<readonly Conversation[] | null> = signal<readonly Conversation[] | null>([]);
  readonly following: Signal<Conversation | null> = signal<Conversation | null>(null);
  readonly main = new FakeDialog('current', 'current');
  readonly dialogs = new Map<string, FakeDialog>();
  readonly rates: { id: string; rate: number; resolved: boolean | undefined }[] = [];
  readonly cards = new Map<string, AgentCard>([['agent', { id: 'agent', nickname: 'Anna', fullName: null, pictureUrl: null }]]);
  available: ServiceInfo | null = null;
  queue: WaitingInfo | null = null;
  started = 0;
  stopped = 0;
  forgotten = 0;
  closedConversations: string[] = [];

  readonly conversations = { conversations: this.all, get: (id: string) => this.all.value?.find(c => c.id === id), close() {} };

  readonly current: CurrentDialog = Object.assign(this.main as Following, { conversation: this.following });

  now(): number {
    return Date.now();
  }

  start(): void {
    this.started++;
  }

  stop(): void {
    this.stopped++;
  }

  retryNow(): void {}

  /** The conversation of `current`, as the server tells it. */
  tell(conversation: Conversation): void {
    this.following.value = conversation;
    this.all.value = [...(this.all.value ?? []).filter(c => c.id !== conversation.id), conversation];
  }

  dialog(conversationId: string, dialogId = conversationId): FakeDialog {
    let dialog = this.dialogs.get(dialogId);
    if (!dialog) this.dialogs.set(dialogId, (dialog = new FakeDialog(dialogId, conversationId)));
    return dialog;
  }

  availability = (): Promise<ServiceInfo | null> => Promise.resolve(this.available);

  waiting = (): Promise<WaitingInfo | null> => Promise.resolve(this.queue);

  agentCard(id: string): Promise<AgentCard> {
    const card = this.cards.get(id);
    return card ? Promise.resolve(card) : Promise.reject(new Error('unknown'));
  }

  rate(id: string, rate: number, resolved?: boolean): Promise<void> {
    this.rates.push({ id, rate, resolved });
    return Promise.resolve();
  }

  closeConversation(id: string): Promise<void> {
    this.closedConversations.push(id);
    return Promise.resolve();
  }

  forget(): void {
    this.forgotten++;
  }

  list = () => this.conversations;

  request = () => Promise.resolve({});

  update = () => Promise.resolve();

  profile = (): Promise<Profile> => Promise.reject(new Error('not here'));

  setProfile = () => Promise.resolve();
}

export const from = (role: Role, id = 'agent') => ({ from: { id, role } });
