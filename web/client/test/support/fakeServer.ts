import { FakeSocket, type Frame } from './fakeSocket';

export interface FakeConversation {
  id: string;
  consumerId: string;
  agentPid: string | null;
  agentId: string | null;
  open: boolean;
  startTs: number;
  updated: number;
  events: Frame[];
  eventIds: Map<string, number>;
}

type Answer = (frame: Frame, socket: FakeSocket) => 'answered' | 'silent' | undefined;

/** As much of a server as the SDK sees of one: it stores, numbers, replays and tells. Tests put themselves in between with `on`. */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];
  readonly conversations = new Map<string, FakeConversation>();
  /** Requests by type, in the order in which they came, over all sockets. */
  readonly requests: Frame[] = [];
  readonly posts: { url: string; body: unknown; authorization: string | null }[] = [];
  readonly rings: Frame[] = [];
  /** Whether sockets open at all. */
  isUp = true;
  /** HTTP works, upgrades do not. */
  refusesSockets = false;
  clock = 0;
  agentState = 'OFFLINE';
  readonly #answers = new Map<string, Answer>();
  readonly #http = new Map<string, (body: Frame, authorization: string | null) => { status?: number; body?: unknown }>();
  #next = 1;
  #consumers = 0;

  readonly WebSocket: new (url: string) => WebSocket;

  constructor() {
    const server = this;
    this.WebSocket = class extends FakeSocket {
      constructor(url: string) {
        super(url, server);
        server.sockets.push(this);
      }
    } as unknown as new (url: string) => WebSocket;
  }

  get transport() {
    return { WebSocket: this.WebSocket, fetch: this.fetch };
  }

  /** The socket that was opened last. */
  get socket(): FakeSocket {
    return this.sockets.at(-1)!;
  }

  of(type: string): Frame[] {
    return this.requests.filter(frame => frame.type === type);
  }

  on(type: string, answer: Answer): void {
    this.#answers.set(type, answer);
  }

  off(type: string): void {
    this.#answers.delete(type);
  }

  onHttp(path: string, answer: (body: Frame, authorization: string | null) => { status?: number; body?: unknown }): void {
    this.#http.set(path, answer);
  }

  fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : null;
    const authorization = (init.headers as Record<string, string> | undefined)?.Authorization ?? null;
    this.posts.push({ url, body, authorization });
    if (!this.isUp) throw new TypeError('Failed to fetch');
    const { pathname } = new URL(url);
    const special = [...this.#http].find(([path]) => pathname.endsWith(path))?.[1];
    const { status = 200, body: answer = {} } = special ? special(body ?? {}, authorization) : this.#idp(pathname, body);
    return new Response(JSON.stringify(answer), { status });
  };

  #idp(pathname: string, body: Frame | null): { status?: number; body?: unknown } {
    if (pathname.endsWith('/anonymous/authorize')) {
      const sub = body?.id_token ? subOf(String(body.id_token)) : `consumer-${++this.#consumers}`;
      return { body: { token: jwt({ sub, kind: 'ext', exp: (Date.now() + 600_000) / 1000 }) } };
    }
    if (pathname.endsWith('/app/ACR0/authenticate')) return { body: { token: jwt({ sub: subOf(String(body!.id_token)), exp: (Date.now() + 3_600_000) / 1000 }) } };
    if (pathname.endsWith('/authenticate')) return { body: { jwt: jwt({ sub: `brand-${String(body!.authCode)}`, exp: (Date.now() + 3_600_000) / 1000 }) } };
    if (pathname.endsWith('/login')) return { body: { bearer: 'bearer-1', csrf: 'csrf-1', config: { userId: '7', userPid: 'pid-7' } } };
    return { status: 404, body: { error: 'no such thing' } };
  }

  received(frame: Frame, socket: FakeSocket): void {
    this.requests.push(frame);
    const special = this.#answers.get(String(frame.type))?.(frame, socket);
    if (special) return;
    const body = (frame.body ?? {}) as Frame;
    switch (frame.type) {
      case 'InitConnection':
        socket.userId = subOf(String((frame.headers as Frame[])[1]!.jwt));
        return socket.answer(frame, 'OK');
      case 'GetClock':
        return socket.answer(frame, { currentTime: Date.now() + this.clock });
      case 'userprofile.GetUserProfile':
        return socket.answer(frame, { userId: 'demo.7', role: 'agent', firstName: 'Ada', privateData: { mail: 'a@example.test' } });
      case 'cqm.SubscribeExConversations': {
        const subscriptionId = `list-${this.#next++}`;
        socket.lists.set(subscriptionId, body);
        socket.answer(frame, { subscriptionId });
        const all = [...this.conversations.values()].filter(c => matches(body, c));
        return socket.notify(socket.isBrand ? '.ams.aam.ExConversationChangeNotification' : 'cqm.ExConversationChangeNotification', {
          subscriptionId, changes: all.map(c => ({ type: 'UPSERT', result: this.record(c, socket.isBrand) })),
        });
      }
      case 'routing.SubscribeRoutingTasks': {
        socket.ringSubscription = `rings-${this.#next++}`;
        socket.answer(frame, { subscriptionId: socket.ringSubscription });
        return socket.notify('.ams.routing.RoutingTaskNotification', { subscriptionId: socket.ringSubscription, changes: this.rings.map(ring => ({ type: 'UPSERT', result: { ringsDetails: [ring] } })) });
      }
      case 'routing.SubscribeAgentsState': {
        socket.stateSubscription = `state-${this.#next++}`;
        socket.answer(frame, { subscriptionId: socket.stateSubscription });
        return socket.notify('.ams.routing.AgentStateNotification', {
          subscriptionId: socket.stateSubscription, changes: [{ type: 'UPSERT', result: { availability: this.agentState, description: '' } }],
        });
      }
      case 'ms.SubscribeMessagingEvents': {
        const conversation = this.conversations.get(String(body.dialogId));
        if (!conversation) return socket.refuse(frame, 404, 'Dialog not found');
        socket.dialogs.add(conversation.id);
        socket.answer(frame, {});
        for (const event of conversation.events) if (Number(event.sequence) >= Number(body.fromSeq)) socket.tell(event);
        return;
      }
      case 'ms.QueryMessages':
        return socket.answer(frame, this.conversations.get(String(body.dialogId))?.events.slice(-Number(body.maxQuantity)) ?? []);
      case 'cm.ConsumerRequestConversation': {
        const id = `conversation-${String(body.eventId).slice(0, 8)}`;
        if (!this.conversations.has(id)) this.add({ id, consumerId: socket.userId });
        return socket.answer(frame, { conversationId: id });
      }
      case 'ms.PublishEvent':
        return this.#publish(frame, body, socket);
      default:
        return socket.answer(frame, 'OK');
    }
  }

  #publish(frame: Frame, body: Frame, socket: FakeSocket): void {
    const conversation = this.conversations.get(String(body.dialogId));
    const event = body.event as Frame;
    if (!conversation) return socket.refuse(frame, 404, 'Dialog not found');
    if (event.type === 'ChatStateEvent') return socket.answer(frame, { sequence: 0 });
    const eventId = body.eventId as string | undefined;
    const earlier = eventId === undefined ? undefined : conversation.eventIds.get(eventId);
    if (earlier !== undefined) return socket.answer(frame, { sequence: earlier });
    if (!conversation.open) return socket.refuse(frame, 400, 'Dialog is closed');
    const by = socket.isBrand ? { id: 'pid-7', role: 'ASSIGNED_AGENT' } : { id: socket.userId, role: 'CONSUMER' };
    const sequence = this.store(conversation.id, by, event, eventId, body.messageAudience as string | undefined, frame.metadata);
    socket.answer(frame, { sequence });
  }

  /** A conversation that exists from now on, told to whoever follows a list. */
  add(given: Partial<FakeConversation>): FakeConversation {
    const conversation: FakeConversation = {
      id: `conversation-${this.#next++}`, consumerId: 'consumer-1', agentPid: null, agentId: null, open: true, startTs: Date.now(), updated: Date.now(), events: [], eventIds: new Map(), ...given,
    };
    this.conversations.set(conversation.id, conversation);
    this.changed(conversation.id);
    return conversation;
  }

  changed(id: string, type: 'UPSERT' | 'DELETE' = 'UPSERT'): void {
    const conversation = this.conversations.get(id)!;
    conversation.updated++;
    for (const socket of this.sockets) {
      for (const [subscriptionId, filter] of socket.lists) {
        const isIn = type === 'UPSERT' && matches(filter, conversation);
        socket.notify('cqm.ExConversationChangeNotification', { subscriptionId, changes: [{ type: isIn ? 'UPSERT' : 'DELETE', result: this.record(conversation, socket.isBrand) }] });
      }
    }
  }

  close(id: string): void {
    this.conversations.get(id)!.open = false;
    this.changed(id);
  }

  /** Stores an event and tells it to those who follow the dialog. */
  store(id: string, by: { id: string; role: string }, event: Frame, eventId?: string, audience = 'ALL', metadata?: unknown): number {
    const conversation = this.conversations.get(id)!;
    const sequence = Number(conversation.events.at(-1)?.sequence ?? -1) + 1;
    const change: Frame = {
      sequence, serverTimestamp: Date.now(), originatorId: by.id, originatorPId: by.id, originatorMetadata: by, event, dialogId: id, conversationId: id, messageAudience: audience,
      ...(eventId ? { eventId } : {}), ...(metadata ? { metadata } : {}),
    };
    conversation.events.push(change);
    if (eventId) conversation.eventIds.set(eventId, sequence);
    for (const socket of this.sockets) if (socket.dialogs.has(id)) socket.tell(change);
    return sequence;
  }

  agentSays(id: string, message: string): number {
    return this.store(id, { id: 'pid-7', role: 'ASSIGNED_AGENT' }, { type: 'ContentEvent', contentType: 'text/plain', message });
  }

  consumerSays(id: string, message: string): number {
    return this.store(id, { id: this.conversations.get(id)!.consumerId, role: 'CONSUMER' }, { type: 'ContentEvent', contentType: 'text/plain', message });
  }

  record(c: FakeConversation, isBrand: boolean): Frame {
    const people = [{ id: c.consumerId, old: c.consumerId, role: 'CONSUMER' }, ...(c.agentPid ? [{ id: c.agentPid, old: c.agentId!, role: 'ASSIGNED_AGENT' }] : [])];
    const map = (which: 'id' | 'old') => Object.fromEntries(people.map(p => [p.role, [p[which]]]));
    const state = c.open ? 'OPEN' : 'CLOSE';
    return {
      convId: c.id, effectiveTTR: -1, lastUpdateTime: c.updated,
      conversationDetails: {
        skillId: '-1', state, stage: state, startTs: c.startTs, metaDataLastUpdateTs: c.updated, firstConversation: false,
        participants: isBrand ? map('old') : people.map(({ id, role }) => ({ id, role })), participantsPId: map('id'),
        dialogs: [{ dialogId: c.id, dialogType: 'MAIN', channelType: 'MESSAGING', state, creationTs: c.startTs, participantsDetails: people.map(p => ({ id: isBrand ? p.old : p.id, role: p.role, state: 'ACTIVE' })) }],
      },
      ...(isBrand ? { numberOfunreadMessages: { 'demo.7': c.events.length }, lastContentEventNotification: c.events.at(-1) } : {}),
    };
  }
}

const matches = (filter: Frame, c: FakeConversation): boolean =>
  (!filter.stage || (filter.stage as string[]).includes(c.open ? 'OPEN' : 'CLOSE')) && (!filter.agentIds || (filter.agentIds as string[]).includes(c.agentId ?? ''));

export const jwt = (claims: Frame): string => `x.${btoa(JSON.stringify({ ...claims, nonce: Math.random() }))}.y`;
export const subOf = (token: string): string => String(JSON.parse(atob(token.split('.')[1]!)).sub);
