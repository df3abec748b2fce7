import { expect, test } from 'vitest';
import { receiversOf, rowsOf } from '../../src/manager/model/agents';
import { activeOf, numbersOf } from '../../src/manager/model/numbers';
import { agent, conversation, item, skillQueue, snapshot } from './samples';

test('the numbers add up over skills and agents', () => {
  const numbers = numbersOf(
    snapshot(
      100_000,
      [skillQueue('1', { waiting: 2, overdue: 1, longestWaitSeconds: 40 }), skillQueue(null, { waiting: 1, longestWaitSeconds: 10 })],
      [item('a', { since: 60_500 }), item('b', { since: 70_000 }), item('c', { since: 90_000 })],
      [agent('x'), agent('y', { usedSlots: 3 }), agent('z', { usedSlots: 1.5 }), agent('w', { takes: 'transfers', state: 'OCCUPIED' }), agent('v', { takes: 'none', state: 'AWAY' })],
    ),
  );
  expect(numbers).toEqual({ waiting: 3, overdue: 1, longestSince: 60_500, online: 3, onlineWithFreeSlots: 2, freeSlots: 4 });
});

test('the longest wait counts those the feed has no room for', () =>
  expect(numbersOf(snapshot(100_000, [skillQueue('1', { waiting: 300, longestWaitSeconds: 90 })], [item('a', { since: 60_000 })], [])).longestSince).toBe(10_000));

test('nobody waits, nobody waits longest', () => expect(numbersOf(snapshot(1, [skillQueue(null)], [], [])).longestSince).toBeNull());

test('a conversation in its survey is not active any more', () =>
  expect(activeOf([conversation('a', { assignedAgentId: 'x' }), conversation('b'), conversation('c', { assignedAgentId: 'x', mainOpen: false })])).toBe(1));

test('agents come with their conversations, who is there first and the fullest on top', () => {
  const rows = rowsOf(
    [agent('away', { state: 'AWAY', takes: 'none' }), agent('free'), agent('full', { usedSlots: 3 }), agent('none', { maxSlots: 0 })],
    [conversation('a', { assignedAgentId: 'full' }), conversation('b', { assignedAgentId: 'full' }), conversation('c')],
  );
  expect(rows.map((row) => row.agent.pid)).toEqual(['full', 'free', 'none', 'away']);
  expect(rows[0]).toMatchObject({ load: 1, freeSlots: 0, conversations: [{ id: 'a' }, { id: 'b' }] });
});

test('who can take it and has the skill is offered first; the rest says why not', () => {
  const skills = (id: string) => [{ id, name: id, priority: 1 }];
  const rows = rowsOf(
    [
      agent('other', { skills: skills('2') }), agent('any'), agent('has', { skills: skills('1'), usedSlots: 2 }), agent('full', { usedSlots: 3 }),
      agent('mine'), agent('gone', { takes: 'none', connected: false, state: 'OFFLINE' }), agent('away', { takes: 'none', state: 'AWAY' }),
    ],
    [],
  );
  const receivers = receiversOf(rows, conversation('a', { skillId: '1', assignedAgentId: 'mine' }));
  expect(receivers.slice(0, 3).map((one) => [one.row.agent.pid, one.hasSkill, one.obstacle])).toEqual([['any', true, null], ['has', true, null], ['other', false, null]]);
  expect(Object.fromEntries(receivers.slice(3).map((one) => [one.row.agent.pid, one.obstacle]))).toEqual({ full: 'No free slot', mine: 'Has it now', gone: 'Not connected', away: 'Away' });
});
