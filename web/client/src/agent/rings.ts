import { batch, signal } from '@preact/signals-core';
import type { Channel } from '../connection/channel';
import { insist, type Feed } from '../connection/connection';
import type { Ring } from '../model/ring';
import { list, number, object, text, type Wire } from '../wire/read';

/** The rings of an agent. The first notification of a subscription tells those that wait. */
export class Rings implements Feed {
  readonly waiting = signal<readonly Ring[]>([]);
  readonly last = signal<Ring | null>(null);
  readonly #agentId: () => string | null;
  readonly #now: () => number;
  readonly #all = new Map<string, Ring>();
  #subscription: string | null = null;
  #caughtUp: (() => void) | null = null;

  constructor(agentId: () => string | null, now: () => number) {
    this.#agentId = agentId;
    this.#now = now;
  }

  async resume(channel: Channel): Promise<void> {
    const caughtUp = new Promise<void>(resolve => (this.#caughtUp = resolve));
    try {
      const body = { agentId: this.#agentId(), channelType: 'MESSAGING' };
      await insist(channel, 'routing.SubscribeRoutingTasks', body, { answered: answer => (this.#subscription = text(object(answer).subscriptionId)) });
    } catch {
      this.#finish();
    }
    await caughtUp;
  }

  lost(): void {
    this.#subscription = null;
    this.#finish();
  }

  notified(body: Wire): void {
    if (body.subscriptionId !== this.#subscription) return;
    const rings = list(body.changes).map(object).flatMap(change => list(object(change.result).ringsDetails)).map(object);
    batch(() => {
      if (this.#caughtUp) this.#reconcile(new Set(rings.map(ring => String(ring.ringId))));
      for (const ring of rings) this.#take(ring);
      this.#show();
    });
    this.#finish();
  }

  #take(told: Wire): void {
    const id = String(told.ringId);
    const skill = text(told.skillId);
    const ring: Ring = {
      id,
      conversationId: String(told.convId),
      consumerId: String(told.consumerId),
      skillId: skill === '-1' ? null : skill,
      state: String(told.ringState) as Ring['state'],
      expiresAt: number(told.ringExpirationTs) ?? 0,
      since: this.#all.get(id)?.since ?? this.#now(),
    };
    if (ring.state === 'WAITING') this.#all.set(id, ring);
    else this.#end(ring);
  }

  #end(ring: Ring): void {
    this.#all.delete(ring.id);
    this.last.value = ring;
  }

  // What is not told of any more ended while nobody listened.
  #reconcile(there: ReadonlySet<string>): void {
    for (const ring of this.#all.values()) {
      if (!there.has(ring.id)) this.#end({ ...ring, state: ring.expiresAt <= this.#now() ? 'EXPIRED' : 'CANCELLED' });
    }
  }

  #show(): void {
    this.waiting.value = [...this.#all.values()].sort((a, b) => a.since - b.since);
  }

  #finish(): void {
    this.#caughtUp?.();
    this.#caughtUp = null;
  }
}
