import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, Conversation, ConversationList } from '@parley/client';
import type { Directory } from '../app/Directory';
import { fits, passes, searchWords, type Filter } from './filter';
import { oncePerFrame } from './oncePerFrame';
import { byNeed } from './order';

/** This agent's conversations: filtered, searched and in order. */
export class Inbox {
  readonly filter = signal<Filter>('open');
  readonly search = signal('');
  /** What the list shows; null until it is known. */
  readonly rows: ReadonlySignal<readonly Conversation[] | null>;
  readonly counts: ReadonlySignal<Readonly<Record<Filter, number>>>;
  /** Unread messages of all open ones. */
  readonly unread: ReadonlySignal<number>;
  readonly #client: AgentClient;
  readonly #directory: Directory;
  readonly #open: ConversationList;
  readonly #closed = signal<ConversationList | null>(null);
  readonly #stop: () => void;

  constructor(client: AgentClient, directory: Directory) {
    this.#client = client;
    this.#directory = directory;
    this.#open = client.list({ mine: true, open: true });
    const ordered = oncePerFrame(
      () => {
        void this.#source();
        void this.filter.value;
        if (this.search.value !== '') void directory.version.value;
      },
      () => this.#compute(),
    );
    this.rows = ordered.value;
    this.#stop = ordered.dispose;
    this.counts = computed(() => {
      void this.rows.value;
      const all = this.#open.conversations.peek() ?? [];
      const count = (filter: Filter) => all.reduce((sum, conversation) => sum + (passes(conversation, filter) ? 1 : 0), 0);
      return { open: count('open'), waiting: count('waiting'), unread: count('unread'), closed: 0 };
    });
    this.unread = computed(() => (this.#open.conversations.value ?? []).reduce((sum, conversation) => sum + conversation.unread, 0));
  }

  /** One of this agent's, open or (when they are followed) closed. Redraws who asks when the lists change. */
  get(id: string): Conversation | undefined {
    void this.#open.conversations.value;
    void this.#closed.value?.conversations.value;
    return this.#open.get(id) ?? this.#closed.value?.get(id);
  }

  /** Whether {@link get} knows all there is to know. */
  get known(): boolean {
    return this.#open.conversations.value !== null && this.#closed.value !== null && this.#closed.value.conversations.value !== null;
  }

  /** Follows the closed ones too, from now on. */
  followClosed(): void {
    this.#closed.value ??= this.#client.list({ mine: true, closed: true });
  }

  show(filter: Filter): void {
    if (filter === 'closed') this.followClosed();
    this.filter.value = filter;
  }

  /** The one `steps` further in the list, from its ends inwards when `id` is not in it. */
  neighbour(id: string | null, steps: 1 | -1): Conversation | undefined {
    const rows = this.rows.value ?? [];
    const at = rows.findIndex((row) => row.id === id);
    if (at < 0) return steps > 0 ? rows[0] : rows.at(-1);
    return rows[at + steps];
  }

  close(): void {
    this.#stop();
    this.#open.close();
    this.#closed.value?.close();
  }

  #source(): readonly Conversation[] | null {
    const open = this.#open.conversations.value;
    if (this.filter.value !== 'closed') return open;
    const closed = this.#closed.value?.conversations.value ?? null;
    // A conversation whose survey is open is in the list of the open ones, and closed for the agent.
    return closed === null ? null : [...closed, ...(open ?? []).filter((one) => !one.mainOpen)];
  }

  #compute(): readonly Conversation[] | null {
    const source = this.#source();
    if (source === null) return null;
    const filter = this.filter.value;
    const words = searchWords(this.search.value);
    const found = source.filter(
      (one) => passes(one, filter) && (words.length === 0 || fits(one, this.#directory.consumerName(one.consumerId), this.#directory.skillName(one.skillId), words)),
    );
    return found.sort(filter === 'closed' ? (a, b) => (b.endedAt ?? b.updatedAt) - (a.endedAt ?? a.updatedAt) : byNeed);
  }
}
