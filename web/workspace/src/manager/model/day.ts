import type { Today } from '@parley/client/admin';

export interface Hour {
  readonly start: number;
  readonly end: number;
  /** `14:00`, by the account's clock. */
  readonly name: string;
  readonly opened: number | null;
  readonly closed: number | null;
  readonly waiting: number | null;
  readonly waitSeconds: number | null;
  readonly answerSeconds: number | null;
  /** Whether it goes on. */
  readonly current: boolean;
}

const hour = 3_600_000;

/** Every hour of the day, those to come without figures. `timeZone` is where the account's clock hangs; null for this machine's. */
export function hoursOf(today: Today, timeZone: string | null): Hour[] {
  const clock = clockIn(timeZone);
  const count = Math.max(1, Math.round((today.end - today.start) / hour));
  const waiting = waitingAtEnds(today);
  return Array.from({ length: count }, (_, index) => {
    const start = today.start + index * hour;
    const figures = today.hours[index]?.figures ?? null;
    return {
      start,
      end: start + hour,
      name: clock.format(start),
      opened: figures?.opened ?? null,
      closed: figures?.closed ?? null,
      waiting: today.hours[index]?.waiting ?? waiting[index] ?? null,
      waitSeconds: figures?.waitAverageSeconds ?? null,
      answerSeconds: figures?.answerAverageSeconds ?? null,
      current: index === today.hours.length - 1,
    };
  });
}

/**
 * Where the server does not tell it: how many were without their first agent at the end of each hour: those that came less those that found one or gave up. Those of
 * the day before are known by having gone today, so the lowest sum is what the day began with at least.
 */
function waitingAtEnds(today: Today): number[] {
  let sum = 0;
  const sums = today.hours.map(({ figures }) => (sum += figures.opened - figures.assigned - figures.abandoned));
  const before = -Math.min(0, ...sums);
  return sums.map((one) => one + before);
}

function clockIn(timeZone: string | null): Intl.DateTimeFormat {
  const form = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', timeZone === null ? form : { ...form, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...form, timeZone: 'UTC' });
  }
}
