import type { Conversation, Dialog, Entry } from '@parley/client';

/** One line of the timeline. Keys are unique and stay the same as long as the line is there. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'ended'; readonly key: string; readonly at: number }
  | { readonly kind: 'entry'; readonly key: string; readonly entry: Entry; readonly section: Section; readonly first: boolean; readonly last: boolean };

/** One dialog on the screen: the main one of a conversation, or its survey. Null entries are on their way. */
export interface Section {
  /** Id of the dialog; empty while the current one does not exist yet. */
  readonly id: string;
  readonly conversation: Conversation | null;
  readonly dialog: Omit<Dialog, 'id' | 'conversationId'>;
  readonly entries: readonly Entry[] | null;
}

const groupGap = 60_000;

/** Numbers count within a dialog; event ids are unique, and there before the dialog is. */
export const keyOf = (section: Section, entry: Entry): string => (/^\d+$/.test(entry.key) ? `${section.id} ${entry.key}` : entry.key);

const dayOf = (at: number) => new Date(at).toDateString();

/**
 * The newest `limit` messages, grouped by sender and minute, with a divider a day, one where the unread begin, and one where a
 * conversation ended. The work grows with the limit, not with what there is.
 */
export function toRows(sections: readonly Section[], newSince: string | null, limit: number): { readonly rows: readonly Row[]; readonly more: boolean } {
  const groups: Row[][] = [];
  let room = limit;
  let more = false;
  for (const section of [...sections].reverse()) {
    const entries = section.entries ?? [];
    const from = Math.max(0, entries.length - room);
    more ||= from > 0;
    groups.unshift(rowsOf(section, entries.slice(from), newSince));
    room -= entries.length - from;
  }
  return { rows: withDays(groups.flat()), more };
}

function rowsOf(section: Section, entries: readonly Entry[], newSince: string | null): Row[] {
  const rows: Row[] = [];
  entries.forEach((entry, i) => {
    const before = entries[i - 1];
    const after = entries[i + 1];
    const key = keyOf(section, entry);
    if (newSince === key) rows.push({ kind: 'new', key: 'new' });
    rows.push({
      kind: 'entry', key, entry, section,
      first: newSince === key || !before || !together(before, entry),
      last: !after || newSince === keyOf(section, after) || !together(entry, after),
    });
  });
  const { conversation } = section;
  const lastSection = (surveyOf(conversation)?.id ?? conversation?.id) === section.id;
  if (conversation && lastSection && !conversation.mainOpen && !hasOpenSurvey(conversation) && entries.length) {
    rows.push({ kind: 'ended', key: `ended ${section.id}`, at: conversation.endedAt ?? conversation.updatedAt });
  }
  return rows;
}

function withDays(rows: readonly Row[]): Row[] {
  const result: Row[] = [];
  let day = '';
  for (const row of rows) {
    if (row.kind === 'entry' && dayOf(row.entry.at) !== day) {
      day = dayOf(row.entry.at);
      const divider: Row = { kind: 'day', key: `day ${row.key}`, at: row.entry.at };
      if (result.at(-1)?.kind === 'new') result.splice(-1, 0, divider);
      else result.push(divider);
    }
    result.push(row);
  }
  return result;
}

export const together = (a: Entry, b: Entry): boolean =>
  a.from.id === b.from.id && a.mine === b.mine && Math.abs(b.at - a.at) < groupGap && dayOf(a.at) === dayOf(b.at);

export type EntryRow = Row & { readonly kind: 'entry' };

/** Whether buttons of it still lead somewhere. */
export const live = ({ conversation, id }: Section): boolean =>
  !conversation || (id === conversation.id ? conversation.mainOpen : conversation.dialogs.some(d => d.id === id && d.open));

export const surveyOf = (conversation: Conversation | null) => conversation?.dialogs.find(d => d.type === 'POST_SURVEY');

export const hasOpenSurvey = (conversation: Conversation | null): boolean => !!surveyOf(conversation)?.open;

/** Key of the first of the last `unread` messages of others; null when there are none. */
export function firstUnread(section: Section, unread: number): string | null {
  const entries = section.entries ?? [];
  let first: Entry | undefined;
  for (let i = entries.length - 1; i >= 0 && unread > 0; i--) {
    const entry = entries[i]!;
    if (entry.mine) continue;
    first = entry;
    unread--;
  }
  return first ? keyOf(section, first) : null;
}
