import { describe, expect, it } from 'vitest';
import { firstUnread, toRows } from '../src/conversation/rows';
import { entry } from './conversations';

const noon = new Date(2026, 4, 4, 12).getTime();
const minute = 60_000;

const shape = (...args: Parameters<typeof toRows>) =>
  toRows(...args).map((row) => (row.kind === 'message' ? `${row.key}${row.first ? ' first' : ''}${row.last ? ' last' : ''}` : row.kind));

describe('rows of a conversation', () => {
  it('groups what one person writes within a few minutes', () => {
    const list = [entry('a', noon), entry('b', noon + minute), entry('c', noon + 10 * minute), entry('d', noon + 10 * minute, { from: { id: 'me', role: 'ASSIGNED_AGENT' }, mine: true })];
    expect(shape(list, null)).toEqual(['day', 'a first', 'b last', 'c first last', 'd first last']);
  });

  it('never groups a note with an answer', () => {
    const me = { from: { id: 'me', role: 'ASSIGNED_AGENT' }, mine: true } as const;
    expect(shape([entry('answer', noon, me), entry('note', noon, { ...me, isPrivate: true }), entry('again', noon, me)], null)).toEqual([
      'day', 'answer first last', 'note first last', 'again first last',
    ]);
  });

  it('separates days', () => {
    expect(shape([entry('a', noon), entry('b', noon + 24 * 60 * minute)], null)).toEqual(['day', 'a first last', 'day', 'b first last']);
  });

  it('draws the line above what is new, and begins a group there', () => {
    expect(shape([entry('a', noon), entry('b', noon), entry('c', noon)], 'b')).toEqual(['day', 'a first last', 'new', 'b first', 'c last']);
  });

  it('sets apart what the server wrote', () => {
    expect(shape([entry('a', noon), entry('auto', noon, { from: { id: 'server', role: 'CONTROLLER' } })], null)).toEqual(['day', 'a first last', 'event']);
  });
});

describe('where the new begins', () => {
  const mine = { mine: true } as const;

  it('counts the messages of others from the end', () => {
    expect(firstUnread([entry('a', 1), entry('b', 2), entry('m', 3, mine), entry('c', 4)], 2)).toBe('b');
  });

  it('is nowhere when all is read or all is new', () => {
    expect(firstUnread([entry('a', 1), entry('b', 2)], 0)).toBeNull();
    expect(firstUnread([entry('a', 1), entry('b', 2)], 2)).toBeNull();
  });
});
