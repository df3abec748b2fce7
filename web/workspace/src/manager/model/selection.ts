import type { Conversation } from '@parley/client';

/** Which conversations a list shows. */
export interface Selection {
  readonly stage: 'open' | 'waiting' | 'assigned' | 'closed';
  /** A skill's id, `none` for those without, or null for any. */
  readonly skill: string | null;
  /** An agent's public id, or null for any. */
  readonly agent: string | null;
  readonly overdue: boolean;
  readonly unread: boolean;
  readonly text: string;
}

export const everything: Selection = { stage: 'open', skill: null, agent: null, overdue: false, unread: false, text: '' };

/** How many choices narrow the list down beyond its stage. */
export const narrowings = (selection: Selection): number =>
  [selection.skill !== null, selection.agent !== null, selection.overdue, selection.unread, selection.text.trim() !== ''].filter(Boolean).length;

export const isOverdue = (conversation: Conversation, now: number): boolean => conversation.mainOpen && conversation.dueAt !== null && conversation.dueAt < now;

/** What can be searched of a conversation besides its own texts. */
export interface Words {
  nameOf(consumerId: string): string | null;
  agentOf(publicId: string): string | null;
  skillOf(skillId: string): string | null;
}

/** Those that are wanted, in the order of {@link byNeed}; closed ones newest first. */
export function select(all: readonly Conversation[], selection: Selection, now: number, words: Words): Conversation[] {
  const text = selection.text.trim().toLowerCase();
  const found = all.filter(
    (one) =>
      isAt(one, selection.stage) &&
      (selection.skill === null || (one.skillId ?? 'none') === selection.skill) &&
      (selection.agent === null || one.participants.some((participant) => participant.id === selection.agent && participant.state === 'ACTIVE')) &&
      (!selection.overdue || isOverdue(one, now)) &&
      (!selection.unread || one.unread > 0) &&
      (text === '' || contains(one, text, words)),
  );
  return found.sort(selection.stage === 'closed' ? (a, b) => (b.endedAt ?? b.updatedAt) - (a.endedAt ?? a.updatedAt) || order(a, b) : byNeed);
}

function isAt(conversation: Conversation, stage: Selection['stage']): boolean {
  switch (stage) {
    case 'open':
      return conversation.open;
    case 'waiting':
      return conversation.mainOpen && conversation.assignedAgentId === null;
    case 'assigned':
      return conversation.mainOpen && conversation.assignedAgentId !== null;
    case 'closed':
      return !conversation.open;
  }
}

/** Who is owed an answer soonest is first; then who is owed none, the one that moved last first. */
export function byNeed(a: Conversation, b: Conversation): number {
  if (a.dueAt !== b.dueAt) return (a.dueAt ?? Infinity) < (b.dueAt ?? Infinity) ? -1 : 1;
  return b.updatedAt - a.updatedAt || order(a, b);
}

const order = (a: Conversation, b: Conversation): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function contains(one: Conversation, text: string, words: Words): boolean {
  const has = (where: string | null | undefined) => where !== null && where !== undefined && where.toLowerCase().includes(text);
  return (
    has(words.nameOf(one.consumerId)) ||
    has(one.last?.text) ||
    has(one.note) ||
    has(one.topic) ||
    (one.assignedAgentId !== null && has(words.agentOf(one.assignedAgentId))) ||
    (one.skillId !== null && has(words.skillOf(one.skillId))) ||
    one.id.startsWith(text) ||
    one.consumerId.startsWith(text)
  );
}
