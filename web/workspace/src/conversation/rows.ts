import type { Entry } from '@parley/client';
import { daysBetween } from '@parley/ui';

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string; readonly count: number }
  | { readonly kind: 'event'; readonly key: string; readonly entry: Entry }
  /** `first` and `last` of its group: consecutive messages of one person, of one kind, with little time between. */
  | { readonly kind: 'message'; readonly key: string; readonly entry: Entry; readonly first: boolean; readonly last: boolean };

const together = 3 * 60_000;

/** What the server wrote by itself. */
export const isAutomatic = (entry: Entry) => entry.from.role === 'CONTROLLER' || entry.metadata.some((one) => one.type === 'AutoMessage');

const grouped = (a: Entry, b: Entry) =>
  a.from.id === b.from.id && a.isPrivate === b.isPrivate && !isAutomatic(a) && !isAutomatic(b) && b.at - a.at < together && daysBetween(a.at, b.at) === 0;

/** The entries with days, groups and the line above what is new. `newFrom`: key of the first new entry. */
export function toRows(entries: readonly Entry[], newFrom: string | null): Row[] {
  const rows: Row[] = [];
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    const after = entries[index + 1];
    const startsDay = before === undefined || daysBetween(before.at, entry.at) !== 0;
    if (startsDay) rows.push({ kind: 'day', key: `day ${entry.key}`, at: entry.at });
    const startsNew = entry.key === newFrom;
    if (startsNew) rows.push({ kind: 'new', key: 'new', count: entries.slice(index).filter((one) => !one.mine).length });
    if (isAutomatic(entry)) rows.push({ kind: 'event', key: entry.key, entry });
    else {
      rows.push({
        kind: 'message',
        key: entry.key,
        entry,
        first: startsDay || startsNew || !grouped(before, entry),
        last: after === undefined || after.key === newFrom || !grouped(entry, after),
      });
    }
  });
  return rows;
}

/** Key of the oldest of the last `unread` messages of others; null when all is read, and when nothing is older. */
export function firstUnread(entries: readonly Entry[], unread: number): string | null {
  let left = unread;
  let found: string | null = null;
  for (let index = entries.length - 1; index >= 0 && left > 0; index--) {
    const entry = entries[index]!;
    if (entry.mine) continue;
    found = entry.key;
    left--;
  }
  return found === entries[0]?.key ? null : found;
}
