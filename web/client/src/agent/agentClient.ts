import { computed, signal } from '@preact/signals-core';
import { BaseClient } from '../client';
import type { Channel } from '../connection/channel';
import { insist } from '../connection/connection';
import { RequestError } from '../connection/requestError';
import { AgentSession } from '../identity/agentSession';
import type { AgentClient, ClientOptions, Unsent } from '../model/contract';
import type { Availability } from '../model/ring';
import { storageThatHolds } from '../storage';
import { object, text, type Wire } from '../wire/read';
import { AgentRecords } from './agentRecords';
import { OwnState } from './ownState';
import { Rings } from './rings';

/** Client for an agent: `logIn` begins a session, `start` goes on with the one of this tab. */
export function createAgentClient(options: ClientOptions): AgentClient {
  return new Agent(options);
}

type ClientRole = 'agent' | 'manager' | 'admin';

class Agent extends BaseClient implements AgentClient {
  readonly isConsumer = false;
  readonly #session: AgentSession;
  readonly #records = new AgentRecords();
  readonly #rings = new Rings(() => this.agentId.value, () => this.now());
  readonly #state = new OwnState(() => this.agentId.value);
  readonly role = signal<ClientRole | null>(null);

  readonly agentId = computed(() => this.#session.current.value?.agentId ?? null);
  readonly bearer = computed(() => this.#session.current.value?.bearer ?? null);
  readonly state = this.#state.state;
  readonly rings = this.#rings.waiting;
  readonly lastRing = this.#rings.last;

  constructor(options: ClientOptions) {
    super(options);
    this.#session = new AgentSession(this.server, this.account, this.fetch, storageThatHolds(options.storage, 'sessionStorage'));
    this.wire.add(this.#rings);
    this.wire.add(this.#state);
    const { pid } = this.#session.current.value ?? {};
    if (pid) this.kept.open(pid, true);
  }

  get reader() {
    return { agentId: this.agentId.value, agents: this.#records };
  }

  async logIn(username: string, password: string): Promise<void> {
    await this.#session.logIn(username, password);
    this.wire.end('stopped');
    this.start();
  }

  resume(): boolean {
    this.start();
    return this.#session.current.value !== null;
  }

  override start(): void {
    this.#session.keepAlive(true);
    super.start();
  }

  override stop(): void {
    this.#session.keepAlive(false);
    super.stop();
  }

  async logOut(): Promise<void> {
    this.wire.end('signed-out');
    // The computer may be somebody else's afterwards.
    this.kept.watch(false);
    this.kept.forget();
    this.reset();
    this.id.value = this.role.value = null;
    await this.#session.logOut();
  }

  unsent(): Unsent {
    const left = this.outbox.all.filter(pending => pending.sequence === null);
    return { messages: left.length, files: left.filter(pending => !pending.event && !pending.error).length };
  }

  async setState(availability: Availability, reasonId?: string): Promise<void> {
    this.#state.said(availability, reasonId ?? null);
    await this.request('routing.SetAgentState', {
      availability, channels: ['MESSAGING'], agentUserId: this.agentId.value, ...(reasonId ? { reason: reasonId } : {}),
    });
  }

  accept(ringId: string): Promise<void> {
    return this.#answer(ringId, 'ACCEPTED');
  }

  reject(ringId: string): Promise<void> {
    return this.#answer(ringId, 'REJECTED');
  }

  backToQueue(conversationId: string): Promise<void> {
    return this.update(conversationId, [remove('ASSIGNED_AGENT')]);
  }

  transferToSkill(conversationId: string, skillId: string): Promise<void> {
    return this.update(conversationId, [...this.#unassign(conversationId), { field: 'Skill', type: 'UPDATE', skill: skillId }]);
  }

  transferToAgent(conversationId: string, agentId: string, skillId?: string): Promise<void> {
    const suggest = { field: 'ParticipantsChange', type: 'SUGGEST', role: 'ASSIGNED_AGENT', userId: agentId };
    const skill = skillId ? [{ field: 'Skill', type: 'UPDATE', skill: skillId }] : [];
    return this.update(conversationId, [...this.#unassign(conversationId), suggest, ...skill]);
  }

  join(conversationId: string): Promise<void> {
    return this.update(conversationId, [this.#add('MANAGER', this.agentId.value)]);
  }

  leave(conversationId: string): Promise<void> {
    const own = this.conversation(conversationId)?.dialogs[0]?.participants.find(p => p.id === this.id.value && p.state === 'ACTIVE');
    return this.update(conversationId, [remove(own?.role ?? 'MANAGER', this.agentId.value)]);
  }

  takeOver(conversationId: string): Promise<void> {
    return this.update(conversationId, [...this.#unassign(conversationId), this.#add('ASSIGNED_AGENT', this.agentId.value)]);
  }

  async reassign(conversationId: string, agentId: string): Promise<void> {
    try {
      await this.update(conversationId, [...this.#unassign(conversationId), this.#add('ASSIGNED_AGENT', agentId)]);
    } catch (error) {
      if (!(error instanceof RequestError) || (error.code !== 400 && error.code !== 403)) throw error;
      await this.transferToAgent(conversationId, agentId);
    }
  }

  closeConversation(conversationId: string): Promise<void> {
    const dialog = { dialogId: conversationId, state: 'CLOSE', closedCause: 'Closed by agent' };
    return this.update(conversationId, [{ field: 'DialogChange', type: 'UPDATE', dialog }]);
  }

  async address(renew: boolean): Promise<string> {
    const session = this.#session.current.value;
    // A proxy may close as if it were for the identity.
    if (!session || (renew && (await this.#session.isRefused()))) {
      this.#session.drop();
      throw new RequestError(401, 'Not logged in');
    }
    const path = `/ws_api/account/${encodeURIComponent(this.account)}/messaging/brand/${encodeURIComponent(session.bearer)}?v=2.1`;
    return this.server.replace(/^http/, 'ws') + path;
  }

  async greet(channel: Channel): Promise<void> {
    const { pid, agentId } = this.#session.current.value!;
    if (this.id.value !== null && this.id.value !== pid) this.reset();
    this.kept.open(pid, false);
    this.#records.know(agentId, pid);
    this.id.value = pid;
    const profile = object(await insist(channel, 'userprofile.GetUserProfile', {}));
    const role = text(profile.role);
    this.role.value = role === 'manager' || role === 'admin' ? role : 'agent';
  }

  isRefused(): Promise<boolean> {
    return this.#session.isRefused();
  }

  protected override notifiedElse(type: string, body: Wire): void {
    if (type.endsWith('outingTaskNotification')) this.#rings.notified(body);
    else if (type.endsWith('gentStateNotification')) this.#state.notified(body);
  }

  async #answer(ringId: string, ringState: string): Promise<void> {
    await this.request('routing.UpdateRingState', { ringId, ringState });
  }

  #add(role: string, userId: string | null): Wire {
    return { field: 'ParticipantsChange', type: 'ADD', role, userId };
  }

  #unassign(conversationId: string): Wire[] {
    const agent = this.conversation(conversationId)?.assignedAgentId;
    return agent === null ? [] : [remove('ASSIGNED_AGENT', agent)];
  }
}

const remove = (role: string, userId?: string | null): Wire => ({ field: 'ParticipantsChange', type: 'REMOVE', role, ...(userId ? { userId } : {}) });
