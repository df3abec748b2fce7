import { signal } from '@preact/signals-core';
import type { Channel } from '../connection/channel';
import { insist, type Feed } from '../connection/connection';
import type { AgentState, Availability } from '../model/ring';
import { list, object, text, type Wire } from '../wire/read';

/** What the agent has said of himself, by whatever client. */
export class OwnState implements Feed {
  readonly state = signal<AgentState | null>(null);
  readonly #agentId: () => string | null;
  #subscription: string | null = null;
  #caughtUp: (() => void) | null = null;
  /** The server tells the words of a reason, not its id. */
  #said: { availability: Availability; reasonId: string | null } | null = null;

  constructor(agentId: () => string | null) {
    this.#agentId = agentId;
  }

  async resume(channel: Channel): Promise<void> {
    const caughtUp = new Promise<void>(resolve => (this.#caughtUp = resolve));
    try {
      await insist(channel, 'routing.SubscribeAgentsState', { agentId: this.#agentId() }, {
        answered: answer => (this.#subscription = text(object(answer).subscriptionId)),
      });
    } catch {
      this.#finish();
    }
    await caughtUp;
  }

  lost(): void {
    this.#subscription = null;
    this.#finish();
  }

  said(availability: Availability, reasonId: string | null): void {
    this.#said = { availability, reasonId };
  }

  notified(body: Wire): void {
    if (body.subscriptionId !== this.#subscription) return;
    for (const change of list(body.changes).map(object)) {
      const result = object(change.result);
      const availability = String(result.availability) as Availability;
      const reasonId = this.#said?.availability === availability ? this.#said.reasonId : null;
      this.state.value = { availability, reasonId, description: text(result.description) ?? '' };
    }
    this.#finish();
  }

  #finish(): void {
    this.#caughtUp?.();
    this.#caughtUp = null;
  }
}
