import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { AgentCard, ConsumerClient } from '@parley/client';

/** Names and pictures of agents, asked for once each. */
export class AgentCards {
  readonly #cards = signal<ReadonlyMap<string, AgentCard>>(new Map());
  readonly #asked = new Set<string>();

  readonly #client: ReadonlySignal<ConsumerClient | null>;

  constructor(client: ReadonlySignal<ConsumerClient | null>) {
    this.#client = client;
  }

  /** Null until it is known. Reading it in a computed or an effect follows it. */
  of(id: string): AgentCard | null {
    const client = this.#client.peek();
    if (client && !this.#asked.has(id)) {
      this.#asked.add(id);
      // Without a card the agent goes by the team's name.
      client.agentCard(id).then(card => (this.#cards.value = new Map(this.#cards.peek()).set(id, card)), () => this.#asked.delete(id));
    }
    return this.known(id);
  }

  /** Asks nobody. */
  known(id: string): AgentCard | null {
    return this.#cards.value.get(id) ?? null;
  }
}
