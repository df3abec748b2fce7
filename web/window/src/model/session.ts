import { batch, computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals-core';
import type { Conversation, ConsumerClient, Dialog, Entry, ServiceInfo, WaitingInfo } from '@parley/client';
import { AgentCards } from './agentCards';
import type { Keep } from '../loader/keep';
import type { ParleyEvent, TokenCallback } from '../parley';
import { began, isOpen } from '../stage';
import { firstUnread, hasOpenSurvey, surveyOf, type Section } from './rows';

export interface SessionParts {
  createClient(token: TokenCallback | null): ConsumerClient;
  /** For all tabs of the site. */
  readonly shared: Keep;
  /** For this tab alone. */
  readonly tab: Keep;
  emit(event: ParleyEvent): void;
  readonly token: TokenCallback | null;
  readonly skill: string | null;
}

type Following = Pick<Dialog, 'entries' | 'unread' | 'composing' | 'markRead' | 'sendText' | 'sendFile' | 'sendEvent' | 'retry' | 'discard' | 'typed' | 'fileAddress'>;

const pollMilliseconds = 20_000;

/**
 * What the window shows and does, without a screen. Until the consumer opens it, or has written once, there is no client: no
 * identity, no request, no socket.
 */
export class Session {
  readonly opened = signal(false);
  takesFocus = true;
  readonly client = signal<ConsumerClient | null>(null);
  readonly availability = signal<ServiceInfo | null>(null);
  readonly waiting = signal<WaitingInfo | null>(null);
  /** Key of the row above which what is new begins, since the window was opened. */
  readonly newSince = signal<string | null>(null);
  /** A text that the page puts into the field; null when there is none. */
  readonly wantedText = signal<string | null>(null);
  /** What came last, for those who hear it. */
  readonly arrived = signal<readonly Entry[]>([]);
  readonly cards = new AgentCards(this.client);
  /** Ids of conversations that are read beside the current one. */
  readonly #shown = signal<readonly string[]>([]);
  readonly #dialogs = new Map<string, Dialog>();
  readonly #heard = new Map<string, number>();
  readonly #disposals: (() => void)[] = [];
  #token: TokenCallback | null;
  /** The divider stands, or there is none: from now on what is seen is read. */
  readonly settled = signal(false);
  /** Conversations that were rated or not wanted to be, here and now. */
  readonly #rating = signal<{ readonly id: string; readonly skipped: boolean } | null>(null);

  readonly #parts: SessionParts;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#token = parts.token;
    this.#disposals.push(
      parts.shared.watch(began, value => (value ? this.#start() : this.#replaceClient(this.#token))),
      effect(() => this.#watchConversations()),
      effect(() => this.#watchArrivals()),
      effect(() => this.#placeDivider()),
      effect(() => parts.emit({ type: 'unread', count: this.unread.value })),
      effect(() => this.#pollAvailability()),
      effect(() => this.#pollWaiting()),
    );
    if (parts.shared.get(began)) this.#start();
  }

  readonly conversation: ReadonlySignal<Conversation | null> = computed(() => this.client.value?.current.conversation.value ?? null);

  /** The survey that waits for answers, if there is one. */
  readonly survey = computed(() => (hasOpenSurvey(this.conversation.value) ? surveyOf(this.conversation.value) : undefined));

  /** Ascending. The current conversation comes last; null entries are on their way. */
  readonly sections: ReadonlySignal<readonly Section[]> = computed(() => {
    const { value: client } = this.client;
    if (!client) return [];
    const { value: current } = client.current.conversation;
    const sections: Section[] = [];
    const surveySection = (conversation: Conversation | null) => {
      const survey = surveyOf(conversation);
      if (conversation && survey) sections.push(this.#section(client, conversation, survey.id));
    };
    for (const conversation of this.#earlier(client).filter(c => this.#shown.value.includes(c.id)).reverse()) {
      sections.push(this.#section(client, conversation, conversation.id));
      surveySection(conversation);
    }
    sections.push({ id: current?.id ?? '', conversation: current, dialog: client.current, entries: client.current.entries.value });
    surveySection(current);
    return sections;
  });

  readonly unread = computed(() => this.sections.value.reduce((sum, section) => sum + section.dialog.unread.value, 0));

  /** Others who are writing now. */
  readonly composing = computed(() => this.sections.value.flatMap(section => section.dialog.composing.value));

  readonly agentId = computed(() => (this.conversation.value?.mainOpen ? this.conversation.value.assignedAgentId : null));

  /** The conversation waits for somebody to take it. */
  readonly isWaiting = computed(() => {
    const { value: conversation } = this.conversation;
    return !!conversation?.mainOpen && !conversation.assignedAgentId;
  });

  /** Whether there is an earlier conversation that is not shown yet. */
  readonly hasEarlier = computed(() => {
    const { value: client } = this.client;
    return !!client && this.#earlier(client).some(c => !this.#shown.value.includes(c.id));
  });

  /** Id of the conversation that ended and may be rated: an agent had it, and no survey asks. */
  readonly ratable = computed(() => {
    const { value: conversation } = this.conversation;
    const { value: rating } = this.#rating;
    if (!conversation || conversation.mainOpen || surveyOf(conversation)) return null;
    if (rating?.id === conversation.id) return rating.skipped ? null : rating.id;
    if (conversation.csat?.rate != null || this.#parts.shared.get(`rated ${conversation.id}`)) return null;
    const entries = this.sections.value.find(s => s.id === conversation.id)?.entries;
    return entries?.some(e => !e.mine && e.from.role !== 'CONTROLLER') ? conversation.id : null;
  });

  readonly loading = computed(() => {
    const { value: client } = this.client;
    if (!client || client.connection.value.kind === 'offline') return false;
    return client.conversations.conversations.value === null || this.sections.value.some(s => s.id && s.entries === null);
  });

  /** Where the consumer's words go: into the open survey, else into the conversation. */
  get target(): Following | null {
    const { value: client } = this.client;
    const { value: survey } = this.survey;
    if (!client) return null;
    return survey && this.conversation.value ? this.#dialog(client, this.conversation.value.id, survey.id) : client.current;
  }

  /** `takesFocus`: the visitor asked for it; else it is as he left it on the page before. */
  open(takesFocus = true): void {
    if (this.opened.value) return;
    this.takesFocus = takesFocus;
    this.#start();
    this.opened.value = true;
    this.#parts.tab.set(isOpen, '1');
    this.#parts.emit({ type: 'opened' });
  }

  close(): void {
    if (!this.opened.value) return;
    this.opened.value = false;
    this.#parts.tab.set(isOpen, null);
    this.#parts.emit({ type: 'closed' });
  }

  say(text: string, metadata?: readonly unknown[]): void {
    if (!text.trim()) return;
    this.#began();
    this.target?.sendText(text, metadata?.length ? { metadata: metadata as Record<string, unknown>[] } : undefined);
    this.#spoke(text);
  }

  sendFile(file: File, caption: string): void {
    this.#began();
    this.target?.sendFile(file, { caption });
    this.#spoke(caption);
  }

  /** All that is on the screen has been read. */
  markRead(): void {
    for (const section of this.sections.peek()) if (section.dialog.unread.peek()) section.dialog.markRead();
  }

  showEarlier(): void {
    const { value: client } = this.client;
    const next = client && this.#earlier(client).find(c => !this.#shown.value.includes(c.id));
    if (next) this.#shown.value = [...this.#shown.value, next.id];
  }

  rate(conversationId: string, rate: number, solved?: boolean): void {
    this.#rating.value = { id: conversationId, skipped: false };
    this.#parts.shared.set(`rated ${conversationId}`, '1');
    this.client.value?.rate(conversationId, rate, solved).catch(() => {
      // Not known to the server: it may be asked again.
      this.#parts.shared.set(`rated ${conversationId}`, null);
    });
  }

  skipRating(conversationId: string): void {
    this.#rating.value = { id: conversationId, skipped: true };
    this.#parts.shared.set(`rated ${conversationId}`, '1');
  }

  end(): void {
    const id = this.conversation.value?.id;
    if (id) void this.client.value?.closeConversation(id);
  }

  /** Does not wait; where the server had refused, once more from the start. */
  reconnect(): void {
    const { value: client } = this.client;
    if (client?.connection.value.kind === 'ended') this.#replaceClient(this.#token);
    else client?.retryNow();
  }

  /** The server's clock. */
  now(): number {
    return this.client.peek()?.now() ?? Date.now();
  }

  /** Somebody signs in or out; what was the other's is left. */
  signIn(token: TokenCallback | null): void {
    this.#token = token;
    this.#replaceClient(token);
  }

  /** The next message comes from somebody new. */
  forget(): void {
    this.client.value?.forget();
    this.#parts.shared.set(began, null);
    this.#token = null;
    this.#replaceClient(null);
  }

  get draft(): string {
    return this.#parts.tab.get('draft') ?? '';
  }

  set draft(text: string) {
    this.#parts.tab.set('draft', text || null);
  }

  dispose(): void {
    for (const dispose of this.#disposals) dispose();
    this.#leaveClient();
  }

  #start(): void {
    if (this.client.value) return;
    const client = this.#parts.createClient(this.#token);
    client.start();
    this.client.value = client;
  }

  #replaceClient(token: TokenCallback | null): void {
    const had = this.client.value;
    this.#token = token;
    batch(() => {
      this.#leaveClient();
      if (had && (this.opened.value || this.#parts.shared.get(began))) this.#start();
    });
  }

  #leaveClient(): void {
    for (const dialog of this.#dialogs.values()) dialog.close();
    this.#dialogs.clear();
    this.#heard.clear();
    this.client.peek()?.stop();
    batch(() => {
      this.client.value = null;
      this.#shown.value = [];
      this.newSince.value = null;
      this.waiting.value = null;
    });
  }

  #began(): void {
    this.#start();
    this.newSince.value = null;
    this.#parts.shared.set(began, '1');
  }

  #spoke(text: string): void {
    this.#parts.emit({ type: 'message', from: 'consumer', text, at: this.now(), conversationId: this.conversation.value?.id ?? null });
  }

  /** Newest first; without the current one. */
  #earlier(client: ConsumerClient): readonly Conversation[] {
    const currentId = client.current.conversation.value?.id;
    return (client.conversations.conversations.value ?? []).filter(c => c.id !== currentId).sort((a, b) => b.startedAt - a.startedAt);
  }

  #section(client: ConsumerClient, conversation: Conversation, dialogId: string): Section {
    const dialog = this.#dialog(client, conversation.id, dialogId);
    return { id: dialogId, conversation, dialog, entries: dialog.entries.value };
  }

  #dialog(client: ConsumerClient, conversationId: string, dialogId: string): Dialog {
    let dialog = this.#dialogs.get(dialogId);
    if (!dialog) this.#dialogs.set(dialogId, (dialog = untracked(() => client.dialog(conversationId, dialogId))));
    return dialog;
  }

  /** Something is there to come back to: remembered. When the next conversation begins, what is on the screen now stays there above it. */
  #watchConversations(): void {
    const { value: conversation } = this.conversation;
    const { value: client } = this.client;
    if (!client || !conversation) return;
    untracked(() => {
      if (!this.#parts.shared.get(began)) this.#parts.shared.set(began, '1');
      if (!this.#shown.value.includes(conversation.id)) this.#shown.value = [...this.#shown.value, conversation.id];
    });
  }

  /** Once for each time it is opened, as soon as it is known what is there. */
  #placeDivider(): void {
    const { value: sections } = this.sections;
    if (!this.opened.value) this.settled.value = false;
    else if (!this.settled.peek() && sections.length && !this.loading.value) {
      this.newSince.value = untracked(() => sections.map(s => firstUnread(s, s.dialog.unread.value)).find(Boolean) ?? null);
      this.settled.value = true;
    }
  }

  #watchArrivals(): void {
    const arrived: { entry: Entry; section: Section }[] = [];
    for (const section of this.sections.value) {
      if (!section.entries) continue;
      const numbers = section.entries.map(e => e.sequence ?? -1);
      const known = this.#heard.get(section.id);
      this.#heard.set(section.id, Math.max(known ?? -1, ...numbers.slice(-100)));
      if (known === undefined) continue;
      for (const entry of section.entries.slice(-100)) {
        if (!entry.mine && entry.sequence !== null && entry.sequence > known) arrived.push({ entry, section });
      }
    }
    if (!arrived.length) return;
    untracked(() => {
      this.arrived.value = arrived.map(({ entry }) => entry);
      for (const { entry, section } of arrived) {
        const { content } = entry;
        const text = content.kind === 'text' ? content.text : content.kind === 'file' ? content.caption : '';
        this.#parts.emit({ type: 'message', from: 'agent', text, at: entry.at, conversationId: section.conversation?.id ?? null });
      }
    });
  }

  #pollAvailability(): (() => void) | void {
    const { value: client } = this.client;
    if (!client || !this.opened.value || this.agentId.value) return;
    return every(pollMilliseconds * 3, async () => {
      const answer = await client.availability(this.#parts.skill ?? undefined);
      if (this.client.peek() === client) this.availability.value = answer;
    });
  }

  #pollWaiting(): (() => void) | void {
    const { value: client } = this.client;
    const id = this.isWaiting.value ? this.conversation.value?.id : undefined;
    this.waiting.value = null;
    if (!client || !id || !this.opened.value) return;
    return every(pollMilliseconds, async () => {
      const answer = await client.waiting(id);
      if (this.client.peek() === client && this.isWaiting.peek()) this.waiting.value = answer;
    });
  }
}

/** Now and then again, while somebody looks. */
function every(milliseconds: number, act: () => Promise<void>): () => void {
  void act();
  const timer = setInterval(() => document.visibilityState === 'visible' && void act(), milliseconds);
  return () => clearInterval(timer);
}
