import { BaseClient } from '../client';
import type { Channel } from '../connection/channel';
import { RequestError } from '../connection/requestError';
import { showSoon } from '../connection/turn';
import { ask } from '../identity/http';
import { ConsumerSession } from '../identity/consumerSession';
import { subjectOf } from '../identity/jwt';
import type { FollowedList } from '../lists/conversationList';
import type { DialogFeed } from '../messages/dialogFeed';
import type { Pending } from '../messages/outbox';
import type { ConsumerClient, ConsumerOptions, ConversationList } from '../model/contract';
import type { Conversation } from '../model/conversation';
import type { ServiceInfo, WaitingInfo } from '../model/service';
import { object } from '../wire/read';
import { newId } from '../wire/newId';
import { clientProperties } from './clientProperties';
import { Current, type CurrentHost } from './currentDialog';

/** Client for a consumer: `start()` connects as whoever the identity says, or as an anonymous one who stays the same. */
export function createConsumerClient(options: ConsumerOptions): ConsumerClient {
  return new Consumer(options);
}

class Consumer extends BaseClient implements ConsumerClient, CurrentHost {
  readonly isConsumer = true;
  readonly reader = { agentId: null };
  readonly conversations: ConversationList;
  readonly current: Current;
  readonly #session: ConsumerSession;
  readonly #consumerOptions: ConsumerOptions;
  /** The conversation that was opened last and that the list may not know yet. */
  #opened: string | null = null;
  #token = '';

  constructor(options: ConsumerOptions) {
    super(options);
    this.#consumerOptions = options;
    this.#session = new ConsumerSession(this.server, this.account, this.fetch, this.storage, options.identity);
    this.current = new Current(this);
    this.dialogs.add(this.current);
    this.conversations = this.list({});
    const id = this.#session.knownId;
    this.id.value = id;
    if (id || !options.identity) this.kept.open(id ?? '', true);
    this.current.show();
  }

  override start(): void {
    this.#session.askAgain();
    super.start();
  }

  async rate(conversationId: string, rate: number, resolved?: boolean): Promise<void> {
    await this.update(conversationId, [
      { field: 'CSATRate', csatRate: rate, status: 'FILLED', ...(resolved === undefined ? {} : { csatResolutionConfirmation: resolved }) },
    ]);
  }

  async closeConversation(conversationId: string): Promise<void> {
    const dialog = { dialogId: conversationId, state: 'CLOSE', closedCause: 'Closed by consumer' };
    await this.update(conversationId, [{ field: 'DialogChange', type: 'UPDATE', dialog }]);
  }

  async setProfile(profile: { firstName?: string; lastName?: string; email?: string; phone?: string }): Promise<void> {
    const { email, phone, ...names } = profile;
    const privateData = { ...(email === undefined ? {} : { mail: email }), ...(phone === undefined ? {} : { mobileNum: phone }) };
    await this.repeat('userprofile.SetUserProfile', { ...names, privateData });
  }

  availability(skillId?: string): Promise<ServiceInfo | null> {
    const query = skillId ? `?skill=${encodeURIComponent(skillId)}` : '';
    return this.#tellOf<ServiceInfo>(`/availability${query}`);
  }

  waiting(conversationId: string): Promise<WaitingInfo | null> {
    return this.#tellOf<WaitingInfo>(`/messaging/consumer/waiting?conversationId=${encodeURIComponent(conversationId)}`, { Authorization: `Bearer ${this.#token}` });
  }

  forget(): void {
    this.stop();
    this.#session.forget();
    this.kept.forget();
    this.kept.open('', false);
    this.id.value = null;
    this.reset();
  }

  protected override reset(): void {
    super.reset();
    this.#opened = null;
    this.current.choose();
  }

  // Connecting.

  async address(renew: boolean): Promise<string> {
    this.#token = await this.#session.token(renew);
    return `${this.server.replace(/^http/, 'ws')}/ws_api/account/${encodeURIComponent(this.account)}/messaging/consumer?v=3`;
  }

  async greet(channel: Channel): Promise<void> {
    const headers = [clientProperties(this.options.properties), { type: '.ams.headers.ConsumerAuthentication', jwt: this.#token }];
    await channel.request('InitConnection', {}, { headers });
    const id = subjectOf(this.#token) ?? '';
    const { isContinuation, steppedFrom } = this.#session;
    if (!isContinuation && this.id.value !== null && this.id.value !== id) this.reset();
    if (steppedFrom) this.kept.open(steppedFrom, isContinuation);
    this.kept.open(id, isContinuation);
    this.#session.accepted();
    this.id.value = id;
  }

  isRefused(): Promise<boolean> {
    return Promise.resolve(false);
  }

  // What is written, and where.

  override conversationChanged(conversation: Conversation, isGone: boolean): void {
    super.conversationChanged(conversation, isGone);
    showSoon(this.#choosing);
  }

  // At once, so that what is followed has caught up too before the client says that it is online.
  override listCaughtUp(followed: FollowedList): void {
    if (followed === this.conversations) this.current.choose();
  }

  all(): readonly Conversation[] | null {
    return this.conversations.conversations.value;
  }

  follow(dialog: DialogFeed): void {
    this.wire.remove(dialog);
    this.wire.add(dialog);
  }

  async place(pending: Pending, channel: Channel): Promise<void> {
    pending.conversationId ??= this.#openConversation();
    if (!pending.conversationId) {
      const { skillId, context, campaign } = this.#consumerOptions;
      pending.opening ??= {
        brandId: this.account, channelType: 'MESSAGING', eventId: newId(),
        ...(skillId ? { skillId } : {}), ...(context ? { conversationContext: context } : {}), ...(campaign ? { campaignInfo: campaign } : {}),
      };
      this.keep();
      const answer = object(await channel.request('cm.ConsumerRequestConversation', pending.opening));
      pending.conversationId = this.#opened = String(answer.conversationId);
    }
    pending.dialogId = pending.conversationId;
    this.keep();
  }

  // What is refused because its conversation has ended goes into another.
  misplaced(pending: Pending, error: unknown): boolean {
    if (pending.target !== '' || !pending.conversationId || !(error instanceof RequestError)) return false;
    const hasEnded = error.code === 404 || (error.code === 400 && /closed/i.test(error.text));
    if (!hasEnded) return false;
    if (this.#opened === pending.conversationId) this.#opened = null;
    this.#ended.add(pending.conversationId);
    pending.conversationId = pending.dialogId = pending.opening = null;
    this.keep();
    return true;
  }

  override readMark(dialogId: string): number {
    return Number(this.storage.getItem(this.#markKey(dialogId)) ?? -1);
  }

  override setReadMark(dialogId: string, sequence: number): void {
    this.storage.setItem(this.#markKey(dialogId), String(sequence));
  }

  /** Known to have ended before the list says so. */
  readonly #ended = new Set<string>();
  readonly #choosing = { show: () => this.current.choose() };

  #openConversation(): string | null {
    const conversation = this.current.conversation.value;
    if (conversation?.mainOpen && !this.#ended.has(conversation.id)) return conversation.id;
    const opened = this.#opened && !this.conversation(this.#opened) ? this.#opened : null;
    return opened;
  }

  async #tellOf<T>(path: string, headers: Record<string, string> = {}): Promise<T | null> {
    try {
      return (await ask(this.fetch, `${this.server}/api/account/${encodeURIComponent(this.account)}${path}`, { headers })) as T;
    } catch {
      return null;
    }
  }

  #markKey(dialogId: string): string {
    return `parley.${this.account}.read.${dialogId}`;
  }
}
