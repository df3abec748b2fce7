import type { FeedSnapshot } from '@parley/client/admin';
import type { Conversation } from '@parley/client';

export interface Numbers {
  readonly waiting: number;
  readonly overdue: number;
  /** When the one that waits longest began to wait, epoch ms by the server's clock; null when none waits. */
  readonly longestSince: number | null;
  readonly online: number;
  readonly onlineWithFreeSlots: number;
  readonly freeSlots: number;
}

/** What the feed says in four numbers, less the conversations with an agent. */
export function numbersOf(snapshot: FeedSnapshot): Numbers {
  const { bySkill, first } = snapshot.queue;
  const waiting = bySkill.reduce((sum, row) => sum + row.waiting, 0);
  const sinces = first.map((item) => item.since);
  // The queue in the feed is cut off; its skills know of all, to the second.
  if (waiting > first.length) sinces.push(...bySkill.filter((row) => row.waiting > 0).map((row) => snapshot.at - row.longestWaitSeconds * 1000));
  const online = snapshot.agents.filter((agent) => agent.takes === 'all');
  const free = online.map((agent) => Math.max(0, Math.floor(agent.maxSlots - agent.usedSlots)));
  return {
    waiting,
    overdue: bySkill.reduce((sum, row) => sum + row.overdue, 0),
    longestSince: sinces.length === 0 ? null : Math.min(...sinces),
    online: online.length,
    onlineWithFreeSlots: free.filter((slots) => slots > 0).length,
    freeSlots: free.reduce((sum, slots) => sum + slots, 0),
  };
}

/** How many conversations have an agent. */
export const activeOf = (open: readonly Conversation[]): number => open.reduce((sum, one) => sum + (one.mainOpen && one.assignedAgentId !== null ? 1 : 0), 0);
