import type { ReadonlySignal } from '@preact/signals-core';
import type { ConnectionState } from './connectionState';
import type { Conversation } from './conversation';
import type { Entry } from './entry';
import type { AgentCard, Profile } from './profile';
import type { AgentState, Availability, Ring } from './ring';
import type { ServiceInfo, WaitingInfo } from './service';

/** Where identities, drafts and the outbox are kept; `localStorage` fits. Every method may throw: then it is kept in memory. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface ClientOptions {
  /** Origin of the server, e.g. `location.origin`. All its HTTP endpoints and sockets are there. */
  readonly server: string;
  readonly account: string;
  /** `localStorage` where it can be used, else memory; agents' sessions stay in `sessionStorage`, unless there is this. */
  readonly storage?: KeyValueStorage;
  /** Client properties (protocol 6.5) beyond the defaults. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** What connects; the browser's own by default. For tests and other machines. */
  readonly transport?: {
    readonly WebSocket?: new (url: string) => WebSocket;
    readonly fetch?: (input: string, init?: RequestInit) => Promise<Response>;
  };
}

/** Who a consumer is, by the brand's own means. */
export interface ConsumerIdentity {
  /**
   * The brand's token (JWT) or code of whoever is signed in there; null when nobody is: then he is anonymous. Asked at each start and
   * whenever the server does not accept the former one any more. Rejects when it cannot be told now: then it is asked again later.
   */
  readonly token: () => Promise<string | null>;
  /** The connector of the account that knows these tokens; the account's own choice without. */
  readonly connector?: string;
}

export interface ConsumerOptions extends ClientOptions {
  /** Without, everybody is anonymous. */
  readonly identity?: ConsumerIdentity;
  /** Of conversations that this client opens. */
  readonly skillId?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly campaign?: Readonly<Record<string, unknown>>;
}

export interface ConversationFilter {
  readonly open?: boolean;
  readonly closed?: boolean;
  /** Only conversations with this agent (agents). */
  readonly mine?: boolean;
  /** Only this consumer's (agents). */
  readonly consumerId?: string;
  /** Epoch ms. */
  readonly updatedSince?: number;
}

/** A list that the server keeps up to date. Changes of one turn of the event loop come as one. Stays true over reconnects. */
export interface ConversationList {
  /** Null until the first answer. Objects of conversations that did not change stay the same; the order is of no meaning. */
  readonly conversations: ReadonlySignal<readonly Conversation[] | null>;
  /** One of them, for a component that shows just it. */
  get(id: string): Conversation | undefined;
  close(): void;
}

/** One dialog, followed from the beginning or from where it was left. */
export interface Dialog {
  readonly id: string;
  readonly conversationId: string;
  /** Ascending; what is not stored yet comes last, in the order of sending. Null until the first answer. */
  readonly entries: ReadonlySignal<readonly Entry[] | null>;
  /** Ids of others who are writing right now. */
  readonly composing: ReadonlySignal<readonly string[]>;
  /** Whether the consumer has a socket open (agents are told); null when nothing was heard. */
  readonly consumerPresent: ReadonlySignal<boolean | null>;
  /** Number of others' messages not read by this user. */
  readonly unread: ReadonlySignal<number>;
  /** Why it cannot be read, else null. */
  readonly error: ReadonlySignal<{ readonly code: number; readonly text: string } | null>;
  /** On the screen at once, sent in order, repeated with the same event id until the server has it or refuses it. Returns the key. */
  sendText(text: string, options?: SendOptions): string;
  /** Uploads, then publishes. */
  sendFile(file: File, options?: SendOptions & { readonly caption?: string }): string;
  /** Any event of protocol 10.2. */
  sendEvent(event: Readonly<Record<string, unknown>>, options?: SendOptions): string;
  /** Tries a `failed` one again, with the same event id. */
  retry(key: string): void;
  /** Takes a `failed` one away. */
  discard(key: string): void;
  /** Call at each key stroke: says COMPOSING at most every few seconds, and PAUSE after a while without. */
  typed(): void;
  /** Says that everything here has been read; nothing is said twice. Call while it is on the screen and the page visible. */
  markRead(): void;
  /** A signed address to show or save a file of this dialog, good for about a minute. */
  fileAddress(relativePath: string): Promise<string>;
  close(): void;
}

export interface SendOptions {
  readonly isPrivate?: boolean;
  readonly metadata?: readonly Readonly<Record<string, unknown>>[];
}

/** What consumers and agents have in common. */
export interface Client {
  readonly account: string;
  readonly connection: ReadonlySignal<ConnectionState>;
  /** Own public id once known: what {@link Entry.from} carries for own messages. */
  readonly id: ReadonlySignal<string | null>;
  /** The server's clock, epoch ms. */
  now(): number;
  start(): void;
  /** Leaves the connection; the outbox and the identity stay for the next start. */
  stop(): void;
  /** Does not wait for `retryAt`. Also done by itself when the page becomes visible or the network returns. */
  retryNow(): void;
  list(filter: ConversationFilter): ConversationList;
  dialog(conversationId: string, dialogId?: string): Dialog;
  /** Any request of the protocol, in its unprefixed name. Rejects with a {@link RequestError}. */
  request(type: string, body?: unknown, options?: { readonly metadata?: readonly unknown[] }): Promise<unknown>;
  /** Any change of protocol 9.3, with an event id of its own, repeated over reconnects. */
  update(conversationId: string, fields: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  agentCard(publicId: string): Promise<AgentCard>;
  profile(consumerId?: string): Promise<Profile>;
}

export interface ConsumerClient extends Client {
  /** The consumer's own conversations, open and closed; the same list at every call. */
  readonly conversations: ConversationList;
  /**
   * A dialog that need not exist yet: what is sent opens a conversation with the first message, once, also when the answer is
   * lost or the page reloads meanwhile. Follows the newest open conversation; when that has ended, the next message opens another.
   */
  readonly current: CurrentDialog;
  rate(conversationId: string, rate: number, resolved?: boolean): Promise<void>;
  closeConversation(conversationId: string): Promise<void>;
  setProfile(profile: { firstName?: string; lastName?: string; email?: string; phone?: string }): Promise<void>;
  /** Whether somebody is there; needs no identity and no start. Null when it cannot be told. */
  availability(skillId?: string): Promise<ServiceInfo | null>;
  /** How long a conversation that has no agent will probably wait; null when it cannot be told. */
  waiting(conversationId: string): Promise<WaitingInfo | null>;
  /** Forgets the identity kept in storage; the next start is somebody new. */
  forget(): void;
}

export interface CurrentDialog extends Omit<Dialog, 'id' | 'conversationId'> {
  /** Null while there is none yet. */
  readonly conversation: ReadonlySignal<Conversation | null>;
}

export interface Unsent {
  readonly messages: number;
  /** Those of them whose file is not uploaded yet: they go with the page. */
  readonly files: number;
}

export interface AgentClient extends Client {
  /** Rejects with a {@link RequestError}, code 401 for a wrong name or password; then connects. */
  logIn(username: string, password: string): Promise<void>;
  /** Goes on with the session of this tab, as `start()` does; false when there is none. */
  resume(): boolean;
  /** `account.number`, as requests and v2 records name agents. */
  readonly agentId: ReadonlySignal<string | null>;
  readonly role: ReadonlySignal<'agent' | 'manager' | 'admin' | null>;
  readonly state: ReadonlySignal<AgentState | null>;
  /** Waiting rings, oldest first. One that ends disappears; see {@link lastRing}. */
  readonly rings: ReadonlySignal<readonly Ring[]>;
  /** The last ring that ended, to say what became of it. */
  readonly lastRing: ReadonlySignal<Ring | null>;
  /** The bearer for the admin API; changes when the session is renewed. */
  readonly bearer: ReadonlySignal<string | null>;
  setState(availability: Availability, reasonId?: string): Promise<void>;
  accept(ringId: string): Promise<void>;
  reject(ringId: string): Promise<void>;
  backToQueue(conversationId: string): Promise<void>;
  transferToSkill(conversationId: string, skillId: string): Promise<void>;
  transferToAgent(conversationId: string, agentId: string, skillId?: string): Promise<void>;
  /** As MANAGER. */
  join(conversationId: string): Promise<void>;
  leave(conversationId: string): Promise<void>;
  takeOver(conversationId: string): Promise<void>;
  /** As manager: hands it to an agent without his being asked where that is possible, else suggests him. */
  reassign(conversationId: string, agentId: string): Promise<void>;
  closeConversation(conversationId: string): Promise<void>;
  /** What was sent here and is not on the server, as far as is known. */
  unsent(): Unsent;
  /** Ends the session on the server, and forgets what it has not got. */
  logOut(): Promise<void>;
}
