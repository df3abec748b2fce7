import type { Entry } from '@parley/client';
import { expect, it } from 'vitest';
import { firstUnread, keyOf, toRows, type Section } from '../src/model/rows';
import { FakeDialog, fakeConversation, fakeSurvey } from './fakeClient';

const noon = new Date(2026, 10, 25, 12, 0).getTime();

function section(id: string, conversation = fakeConversation(id)): Section & { dialog: FakeDialog } {
  const dialog = new FakeDialog(id, conversation.id);
  return { id, conversation, dialog, get entries() { return dialog.entries.value; } };
}

const kinds = (rows: readonly { kind: string }[]) => rows.map(row => row.kind);
const flags = (rows: ReturnType<typeof toRows>['rows']) => rows.flatMap(row => (row.kind === 'entry' ? [`${row.first ? '[' : ''}${row.entry.key}${row.last ? ']' : ''}`] : []));

it('groups by sender and minute', () => {
  const one = section('c');
  one.dialog.agentSays('a', { at: noon });
  one.dialog.agentSays('b', { at: noon + 30_000 });
  one.dialog.agentSays('c', { at: noon + 120_000 });
  one.dialog.agentSays('d', { at: noon + 130_000, from: { id: 'other', role: 'AGENT' } });
  expect(flags(toRows([one], null, 100).rows)).toEqual(['[0', '1]', '[2]', '[3]']);
});

it('divides days, and a new day begins a group', () => {
  const one = section('c');
  const midnight = new Date(2026, 10, 26).getTime();
  one.dialog.agentSays('a', { at: midnight - 10_000 });
  one.dialog.agentSays('b', { at: midnight + 10_000 });
  const { rows } = toRows([one], null, 100);
  expect(kinds(rows)).toEqual(['day', 'entry', 'day', 'entry']);
  expect(flags(rows)).toEqual(['[0]', '[1]']);
});

it('says where new messages begin, after the day', () => {
  const one = section('c');
  one.dialog.agentSays('a', { at: noon - 86_400_000 });
  one.dialog.agentSays('b', { at: noon });
  one.dialog.agentSays('c', { at: noon + 1 });
  const { rows } = toRows([one], firstUnread(one, 2), 100);
  expect(kinds(rows)).toEqual(['day', 'entry', 'day', 'new', 'entry', 'entry']);
  expect(firstUnread(one, 0)).toBeNull();
});

it('shows the newest and says that there are more', () => {
  const before = section('c1', fakeConversation('c1', { mainOpen: false, open: false }));
  const now = section('c2');
  for (let i = 0; i < 10; i++) before.dialog.agentSays(`before ${i}`, { at: noon });
  for (let i = 0; i < 3; i++) now.dialog.agentSays(`now ${i}`, { at: noon });
  const some = toRows([before, now], null, 5);
  expect(some.more).toBe(true);
  expect(some.rows.flatMap(row => (row.kind === 'entry' && row.entry.content.kind === 'text' ? [row.entry.content.text] : []))).toEqual(['before 8', 'before 9', 'now 0', 'now 1', 'now 2']);
  const all = toRows([before, now], null, 13);
  expect(all.more).toBe(false);
  expect(kinds(all.rows).filter(kind => kind === 'ended')).toHaveLength(1);
  expect(new Set(all.rows.map(row => row.key)).size).toBe(all.rows.length);
});

it('ends a conversation after its survey', () => {
  const dialogs = [fakeSurvey('s', true)];
  const conversation = fakeConversation('c', { mainOpen: false, dialogs });
  const main = section('c', conversation);
  const survey = section('s', conversation);
  main.dialog.agentSays('bye', { at: noon });
  survey.dialog.agentSays('how was it?', { at: noon });
  expect(kinds(toRows([main, survey], null, 9).rows)).not.toContain('ended');
  const done = { ...conversation, dialogs: [fakeSurvey('s', false)] };
  expect(kinds(toRows([{ ...main, entries: main.entries, conversation: done }, { ...survey, entries: survey.entries, conversation: done }], null, 9).rows))
    .toEqual(['day', 'entry', 'entry', 'ended']);
});

it('keys what was sent by what it was sent as, so that it stays the same element when a conversation begins', () => {
  const entry = { key: '0b1c-event' } as Entry;
  expect(keyOf(section(''), entry)).toBe(keyOf(section('c'), entry));
});
