import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AgentClient, Conversation } from '@parley/client';
import type { Directory } from '../src/app/Directory';
import { Inbox } from '../src/inbox/Inbox';
import { conversation } from './conversations';

beforeEach(() => void vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

function inboxOf(list: readonly Conversation[] | null) {
  const conversations = signal(list);
  const client = { list: () => ({ conversations, get: (id: string) => conversations.value?.find((one) => one.id === id), close() {} }) } as unknown as AgentClient;
  const directory = { version: signal(0), consumerName: (id: string) => id, skillName: () => 'Sales' } as unknown as Directory;
  return { conversations, inbox: new Inbox(client, directory) };
}

it('is put in order once a frame, however much changes', () => {
  const { conversations, inbox } = inboxOf([conversation('a')]);
  const seen: string[][] = [];
  inbox.rows.subscribe((rows) => void seen.push((rows ?? []).map((row) => row.id)));
  for (let round = 0; round < 50; round++) conversations.value = [conversation('a'), conversation('b', { dueAt: 1000 + round })];
  expect(seen).toEqual([['a']]);
  vi.advanceTimersByTime(20);
  expect(seen).toEqual([['a'], ['b', 'a']]);
});

it('keeps the record of a conversation that did not change, so that its row is not drawn again', () => {
  const a = conversation('a');
  const { conversations, inbox } = inboxOf([a]);
  conversations.value = [a, conversation('b')];
  vi.advanceTimersByTime(20);
  expect(inbox.rows.value?.find((row) => row.id === 'a')).toBe(a);
});

it('knows who is next', () => {
  const { inbox } = inboxOf([conversation('a', { updatedAt: 3 }), conversation('b', { updatedAt: 2 }), conversation('c', { updatedAt: 1 })]);
  expect(inbox.neighbour(null, 1)?.id).toBe('a');
  expect(inbox.neighbour('a', 1)?.id).toBe('b');
  expect(inbox.neighbour('c', 1)).toBeUndefined();
  expect(inbox.neighbour('b', -1)?.id).toBe('a');
});

it('counts what waits and what is unread', () => {
  const { inbox } = inboxOf([conversation('a', { unread: 2 }), conversation('b', { dueAt: 9 }), conversation('c', { mainOpen: false })]);
  expect(inbox.counts.value).toMatchObject({ open: 2, unread: 1, waiting: 1 });
  expect(inbox.unread.value).toBe(2);
});
