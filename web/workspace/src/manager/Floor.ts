import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, Conversation, ConversationList } from '@parley/client';
import type { AdminClient, AgentAtWork, FeedSnapshot, FeedState, RoutingFeed, Today } from '@parley/client/admin';
import type { Directory } from '../app/Directory';
import { oncePerFrame } from '../inbox/oncePerFrame';
import { explainRefusal } from '../settings/model/refusal';
import { rowsOf, type AgentRow } from './model/agents';
import { select, everything, type Selection } from './model/selection';

const dayEvery = 30_000;
const closedSince = 7 * 86_400_000;

/** What happens in the account right now, as its managers see it: routing, agents, all conversations, the figures of the day. */
export class Floor {
  readonly client: AgentClient;
  readonly admin: AdminClient;
  readonly directory: Directory;
  /** Null until the first is there. Its `state` tells whether it is true now. */
  readonly snapshot: ReadonlySignal<FeedSnapshot | null>;
  readonly feedState: ReadonlySignal<FeedState>;
  readonly agents: ReadonlySignal<readonly AgentRow[]>;
  readonly selection = signal<Selection>(everything);
  /** What the list of conversations shows; null until it is known. */
  readonly selected: ReadonlySignal<readonly Conversation[] | null>;
  readonly #open: ConversationList;
  readonly #closed = signal<ConversationList | null>(null);
  readonly #today = signal<Today | null>(null);
  readonly #todayError = signal<string | null>(null);
  readonly #timeZone = signal<string | null>(null);
  readonly #feed: RoutingFeed;
  readonly #stops: (() => void)[] = [];

  constructor(client: AgentClient, admin: AdminClient, directory: Directory) {
    this.client = client;
    this.admin = admin;
    this.directory = directory;
    this.#feed = admin.feed();
    this.snapshot = this.#feed.snapshot;
    this.feedState = this.#feed.state;
    this.#open = client.list({ open: true });
    // Conversations change with every message, many times a second; what is drawn of them follows the screen.
    const calm = oncePerFrame(() => void this.#open.conversations.value, () => this.#open.conversations.value);
    this.open = calm.value;
    this.agents = computed(() => rowsOf(this.snapshot.value?.agents ?? [], this.open.value ?? []));
    const selected = oncePerFrame(
      () => {
        void this.#source();
        void this.selection.value;
        if (this.selection.value.text !== '') void directory.version.value;
      },
      () => this.#select(),
    );
    this.selected = selected.value;
    void this.readDay();
    const timer = setInterval(() => !document.hidden && void this.readDay(), dayEvery);
    const shown = () => !document.hidden && void this.readDay();
    document.addEventListener('visibilitychange', shown);
    this.#stops.push(calm.dispose, selected.dispose, () => clearInterval(timer), () => document.removeEventListener('visibilitychange', shown));
    admin.settings().then(
      (settings) => (this.#timeZone.value = settings.workingHours?.timeZone ?? 'UTC'),
      () => undefined,
    );
  }

  /** All open conversations of the account, once a frame; null until they are known. */
  readonly open: ReadonlySignal<readonly Conversation[] | null>;

  get today(): ReadonlySignal<Today | null> {
    return this.#today;
  }

  get todayError(): ReadonlySignal<string | null> {
    return this.#todayError;
  }

  /** Where the account's clock hangs; null until it is known. */
  get timeZone(): ReadonlySignal<string | null> {
    return this.#timeZone;
  }

  async readDay(): Promise<void> {
    try {
      this.#today.value = await this.admin.today();
      this.#todayError.value = null;
    } catch (error) {
      this.#todayError.value = explainRefusal(error);
    }
  }

  show(change: Partial<Selection>): void {
    this.selection.value = { ...this.selection.peek(), ...change };
    if (this.selection.peek().stage === 'closed') this.followClosed();
  }

  /** Follows those of the last days that have ended, from now on. */
  followClosed(): void {
    this.#closed.value ??= this.client.list({ closed: true, updatedSince: this.client.now() - closedSince });
  }

  /** One that is open or (when they are followed) closed. Redraws who asks when the lists change. */
  get(id: string): Conversation | undefined {
    void this.open.value;
    void this.#closed.value?.conversations.value;
    return this.#open.get(id) ?? this.#closed.value?.get(id);
  }

  /** Whether {@link get} knows all that can be shown. */
  get known(): boolean {
    return this.open.value !== null && this.#closed.value !== null && this.#closed.value.conversations.value !== null;
  }

  /** Somebody by his public id, also one who is not enabled any more. */
  agentName(publicId: string): string {
    return this.snapshot.value?.agents.find((agent) => agent.pid === publicId)?.nickname ?? this.directory.agentName(publicId);
  }

  agent(publicId: string): AgentAtWork | undefined {
    return this.snapshot.value?.agents.find((agent) => agent.pid === publicId);
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#feed.close();
    this.#open.close();
    this.#closed.value?.close();
  }

  #source(): readonly Conversation[] | null {
    return this.selection.value.stage === 'closed' ? (this.#closed.value?.conversations.value ?? null) : this.#open.conversations.value;
  }

  #select(): readonly Conversation[] | null {
    const source = this.#source();
    return source === null
      ? null
      : select(source, this.selection.value, this.client.now(), {
          nameOf: (id) => this.directory.consumerName(id),
          agentOf: (id) => this.agentName(id),
          skillOf: (id) => this.directory.skillName(id),
        });
  }
}
