import type { Conversation } from '@parley/client';
import { owed } from './order';

export type Filter = 'open' | 'waiting' | 'unread' | 'closed';

export const filters: readonly { readonly id: Filter; readonly label: string }[] = [
  { id: 'open', label: 'Open' },
  { id: 'waiting', label: 'Waiting' },
  { id: 'unread', label: 'Unread' },
  { id: 'closed', label: 'Closed' },
];

export function passes(conversation: Conversation, filter: Filter): boolean {
  switch (filter) {
    case 'open':
      return conversation.mainOpen;
    case 'waiting':
      return owed(conversation) !== null;
    case 'unread':
      return conversation.mainOpen && conversation.unread > 0;
    case 'closed':
      return !conversation.mainOpen;
  }
}

/** Every word somewhere in the name, the skill, the last line, the topic, the note or the id. */
export function fits(conversation: Conversation, name: string, skill: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [name, skill, conversation.last?.text, conversation.topic, conversation.note, conversation.id].join('\n').toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}

export const searchWords = (search: string): string[] => search.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
