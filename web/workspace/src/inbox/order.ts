import type { Conversation } from '@parley/client';

/** An answer that is owed. */
export interface Owed {
  /** Since when the consumer waits, epoch ms. */
  readonly since: number;
  /** When it is due, epoch ms. */
  readonly due: number;
}

/** Null when nothing is owed to the consumer. */
export function owed(conversation: Conversation): Owed | null {
  if (!conversation.mainOpen) return null;
  const { last } = conversation;
  if (conversation.manualDueAt !== null && conversation.dueAt !== null) {
    return { since: last?.role === 'CONSUMER' ? last.at : conversation.updatedAt, due: conversation.manualDueAt };
  }
  if (conversation.dueAt === null) return null;
  const since = conversation.ttr === null ? (last?.role === 'CONSUMER' ? last.at : conversation.startedAt) : conversation.dueAt - conversation.ttr.seconds * 1000;
  return { since: Math.max(since, conversation.startedAt), due: conversation.dueAt };
}

/** How much of the promised time is gone: 0 to 1, more when it is overdue. */
export function shareGone(of: Owed, now: number): number {
  return of.due <= of.since ? 1 : Math.max(0, (now - of.since) / (of.due - of.since));
}

export type Urgency = 'calm' | 'soon' | 'late';

export const urgency = (share: number): Urgency => (share >= 1 ? 'late' : share >= 0.75 ? 'soon' : 'calm');

const activeAt = (conversation: Conversation) => conversation.last?.at ?? conversation.updatedAt;

/** Who needs an answer first; those who need none by what happened last; the closed last of all. */
export function byNeed(a: Conversation, b: Conversation): number {
  if (a.mainOpen !== b.mainOpen) return a.mainOpen ? -1 : 1;
  const dueA = owed(a)?.due ?? Infinity;
  const dueB = owed(b)?.due ?? Infinity;
  if (dueA !== dueB) return dueA - dueB;
  return activeAt(b) - activeAt(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
