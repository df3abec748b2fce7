import type { Conversation } from '@parley/client';
import { searchWords } from '../../inbox/filter';
import { byNeed } from '../../inbox/order';

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

/** Those that are wanted, those who need an answer first; closed ones newest first. */
export function select(all: readonly Conversation[], selection: Selection, now: number, words: Words): Conversation[] {
  const wanted = searchWords(selection.text);
  const found = all.filter(
    (one) =>
      isAt(one, selection.stage) &&
      (selection.skill === null || (one.skillId ?? 'none') === selection.skill) &&
      (selection.agent === null || one.participants.some((participant) => participant.id === selection.agent && participant.state === 'ACTIVE')) &&
      (!selection.overdue || isOverdue(one, now)) &&
      (!selection.unread || one.unread > 0) &&
      (wanted.length === 0 || contains(one, wanted, words)),
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

const order = (a: Conversation, b: Conversation): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function contains(one: Conversation, wanted: readonly string[], words: Words): boolean {
  const text = [
    words.nameOf(one.consumerId),
    one.last?.text,
    one.note,
    one.topic,
    one.assignedAgentId === null ? null : words.agentOf(one.assignedAgentId),
    one.skillId === null ? null : words.skillOf(one.skillId),
    one.id,
    one.consumerId,
  ]
    .join('\n')
    .toLocaleLowerCase();
  return wanted.every((word) => text.includes(word));
}
