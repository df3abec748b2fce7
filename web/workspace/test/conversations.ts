import type { Conversation, Entry } from '@parley/client';

/** A conversation that nobody owes an answer, with what a test says of it. */
export function conversation(id: string, more: Partial<Conversation> = {}): Conversation {
  return {
    id, open: true, mainOpen: true, closeReason: null, skillId: '1001', consumerId: `consumer of ${id}`, assignedAgentId: 'me', participants: [], dialogs: [],
    startedAt: 0, endedAt: null, updatedAt: 0, dueAt: null, ttr: null, manualDueAt: null, delay: null, csat: null, firstConversation: false, note: null, topic: null,
    context: {}, campaign: null, last: null, unread: 0, ...more,
  };
}

export function entry(key: string, at: number, more: Partial<Entry> = {}): Entry {
  return {
    key, sequence: 0, at, from: { id: 'ann', role: 'CONSUMER' }, mine: false, content: { kind: 'text', text: key, quickReplies: null }, isPrivate: false, metadata: [],
    status: 'received', error: null, progress: null, ...more,
  };
}
