import { expect, test } from 'vitest';
import { everything, narrowings, select, type Selection } from '../../src/manager/model/selection';
import { conversation } from './samples';

const all = [
  conversation('waits', { dueAt: 500, updatedAt: 1, skillId: '1' }),
  conversation('late', { dueAt: 50, updatedAt: 2, assignedAgentId: 'ada', participants: [{ id: 'ada', role: 'ASSIGNED_AGENT', state: 'ACTIVE' }], unread: 2 }),
  conversation('calm', { updatedAt: 9, assignedAgentId: 'ada', participants: [{ id: 'bob', role: 'MANAGER', state: 'ACTIVE' }], last: { text: 'Thank YOU', at: 9, fromId: 'x', role: 'CONSUMER', sequence: 3 } }),
  conversation('survey', { mainOpen: false, updatedAt: 3 }),
  conversation('old', { open: false, mainOpen: false, endedAt: 10 }),
  conversation('older', { open: false, mainOpen: false, endedAt: 5 }),
];
const words = { nameOf: (id: string) => (id === 'c-waits' ? 'Grace Hopper' : null), agentOf: (id: string) => id, skillOf: () => 'sales' };
const ids = (more: Partial<Selection>) => select(all, { ...everything, ...more }, 100, words).map((one) => one.id);

test('open ones come in the order in which they need an answer', () => expect(ids({})).toEqual(['late', 'waits', 'calm', 'survey']));

test.each<[Partial<Selection>, string[]]>([
  [{ stage: 'waiting' }, ['waits']],
  [{ stage: 'assigned' }, ['late', 'calm']],
  [{ stage: 'closed' }, ['old', 'older']],
  [{ skill: '1' }, ['waits']],
  [{ skill: 'none' }, ['late', 'calm', 'survey']],
  [{ agent: 'bob' }, ['calm']],
  [{ overdue: true }, ['late']],
  [{ unread: true }, ['late']],
  [{ text: ' hopper ' }, ['waits']],
  [{ text: 'thank you' }, ['calm']],
  [{ text: 'sales' }, ['waits']],
  [{ text: 'ADA' }, ['late', 'calm']],
  [{ text: 'nowhere' }, []],
  [{ text: 'ada', unread: true }, ['late']],
])('%o', (more, found) => expect(ids(more)).toEqual(found));

test('it tells how much it narrows', () => expect(narrowings({ ...everything, skill: '1', overdue: true, text: ' ' })).toBe(2));
