import { describe, expect, it } from 'vitest';
import { fits, passes, searchWords } from '../src/inbox/filter';
import { byNeed, owed, shareGone, urgency } from '../src/inbox/order';
import { conversation } from './conversations';

const ttr = { type: 'NORMAL', seconds: 600 } as const;
const last = (at: number) => ({ text: 'hello', at, fromId: 'ann', role: 'CONSUMER' as const, sequence: 0 });

describe('the order of conversations', () => {
  it('puts who needs an answer first, by when it is due, then the newest, then the closed', () => {
    const list = [
      conversation('closed', { mainOpen: false, open: false, updatedAt: 99_000 }),
      conversation('answered long ago', { last: last(1_000) }),
      conversation('due late', { dueAt: 900_000, ttr }),
      conversation('answered', { last: last(5_000) }),
      conversation('due soon', { dueAt: 700_000, ttr }),
    ];
    expect(list.sort(byNeed).map((one) => one.id)).toEqual(['due soon', 'due late', 'answered', 'answered long ago', 'closed']);
  });

  it('follows what an agent promised in person', () => {
    const promised = conversation('promised', { dueAt: 700_000, manualDueAt: 5_000_000, ttr });
    const other = conversation('other', { dueAt: 900_000, ttr });
    expect([promised, other].sort(byNeed).map((one) => one.id)).toEqual(['other', 'promised']);
    expect(owed(promised)?.due).toBe(5_000_000);
  });

  it('is the same whatever order things come in', () => {
    const same = ['c', 'a', 'b'].map((id) => conversation(id, { updatedAt: 7 }));
    expect(same.sort(byNeed).map((one) => one.id)).toEqual(['a', 'b', 'c']);
    expect(same.reverse().sort(byNeed).map((one) => one.id)).toEqual(['a', 'b', 'c']);
  });
});

describe('waiting time', () => {
  it('runs from when the promise began', () => {
    const waits = owed(conversation('one', { dueAt: 1_000_000, ttr, startedAt: 10 }))!;
    expect(waits).toEqual({ since: 400_000, due: 1_000_000 });
    expect(shareGone(waits, 400_000)).toBe(0);
    expect(shareGone(waits, 700_000)).toBe(0.5);
    expect(shareGone(waits, 1_600_000)).toBe(2);
  });

  it('says when it gets late', () => {
    expect([0, 0.74, 0.75, 0.99, 1, 9].map(urgency)).toEqual(['calm', 'calm', 'soon', 'soon', 'late', 'late']);
  });

  it('is nothing once answered or closed', () => {
    expect(owed(conversation('answered'))).toBeNull();
    expect(owed(conversation('closed', { mainOpen: false, dueAt: 5 }))).toBeNull();
  });
});

describe('filters and search', () => {
  it('keeps what is asked for', () => {
    const unread = conversation('u', { unread: 2 });
    const waiting = conversation('w', { dueAt: 9, ttr });
    const closed = conversation('c', { mainOpen: false, unread: 3 });
    const shown = (filter: Parameters<typeof passes>[1]) => [unread, waiting, closed].filter((one) => passes(one, filter)).map((one) => one.id);
    expect(shown('open')).toEqual(['u', 'w']);
    expect(shown('unread')).toEqual(['u']);
    expect(shown('waiting')).toEqual(['w']);
    expect(shown('closed')).toEqual(['c']);
  });

  it('finds every word, anywhere, in any case', () => {
    const one = conversation('id7', { last: { ...last(0), text: 'Where is my Parcel?' } });
    expect(fits(one, 'Ann Smith', 'Sales', searchWords('  SMITH parcel '))).toBe(true);
    expect(fits(one, 'Ann Smith', 'Sales', searchWords('smith shoes'))).toBe(false);
    expect(fits(one, 'Ann Smith', 'Sales', searchWords('sales'))).toBe(true);
  });
});
