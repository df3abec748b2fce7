import { toast } from '@parley/ui';
import type { Ring } from '@parley/client';

const words: Partial<Record<Ring['state'], string>> = {
  CANCELLED: 'Somebody else has it, or it has ended: this ring is over.',
  EXPIRED: 'You did not answer a ring in time. It goes to somebody else.',
};

let told: string | null = null;

/** Says what became of a ring that this agent did not end himself; once, whether the ring or a vain Accept tells it first. */
export function tellEnd(ring: Pick<Ring, 'id' | 'state'>): void {
  const text = words[ring.state];
  if (text === undefined || told === ring.id) return;
  told = ring.id;
  toast(text);
}
