export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Day = (typeof days)[number];

/** As the server keeps it; see docs/routing.md. */
export interface WorkingHours {
  readonly timeZone: string;
  readonly days: Readonly<Record<string, readonly string[]>>;
  readonly holidays?: Readonly<Record<string, readonly string[]>> | null;
}

/** As it is typed. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

export interface Holiday {
  readonly date: string;
  readonly ranges: readonly Range[];
}

export interface Week {
  readonly timeZone: string;
  readonly days: Readonly<Record<Day, readonly Range[]>>;
  readonly holidays: readonly Holiday[];
}

const rangesOf = (texts: readonly string[] | undefined): Range[] =>
  (texts ?? []).map((text) => {
    const [from = '', to = ''] = text.split('-');
    return { from, to };
  });

export function weekOf(hours: WorkingHours): Week {
  const named = Object.fromEntries(Object.entries(hours.days).map(([name, ranges]) => [name.toLowerCase(), ranges]));
  return {
    timeZone: hours.timeZone,
    days: Object.fromEntries(days.map((day) => [day, rangesOf(named[day])])) as unknown as Week['days'],
    holidays: Object.entries(hours.holidays ?? {})
      .map(([date, ranges]) => ({ date, ranges: rangesOf(ranges) }))
      .sort((a, b) => (a.date < b.date ? -1 : 1)),
  };
}

export function hoursOf(week: Week): WorkingHours {
  const texts = (ranges: readonly Range[]) => ranges.map((range) => `${range.from}-${range.to}`);
  return {
    timeZone: week.timeZone,
    days: Object.fromEntries(days.filter((day) => week.days[day].length > 0).map((day) => [day, texts(week.days[day])])),
    holidays: Object.fromEntries(week.holidays.map((holiday) => [holiday.date, texts(holiday.ranges)])),
  };
}

/** What is there when hours are chosen for the first time. */
export const officeWeek = (timeZone: string): Week => ({
  timeZone,
  days: Object.fromEntries(days.map((day, index) => [day, index < 5 ? [{ from: '09:00', to: '17:00' }] : []])) as unknown as Week['days'],
  holidays: [],
});

/** `9`, `930`, `9:30`, `09.30` as `09:30`; `24` as the end of the day; null for no time. */
export function parseTime(text: string): string | null {
  const digits = /^(\d{1,2})(?:[:.h ]?(\d{2}))?$/.exec(text.trim());
  if (digits === null) return null;
  const hour = Number(digits[1]);
  const minute = Number(digits[2] ?? 0);
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Why it is no range, else null. */
export function checkRange(range: Range): string | null {
  if (range.from.trim() === '' || range.to.trim() === '') return 'Give both times.';
  const from = parseTime(range.from);
  const to = parseTime(range.to);
  if (from === null || to === null) return 'Times are like 09:00 or 17:30.';
  if (from === '24:00') return 'A day begins at 00:00 at the earliest and ends at 24:00.';
  return from === to ? 'The end must differ from the beginning.' : null;
}

/** Why the server would not take it, else null. Messages at single ranges come from {@link checkRange}. */
export function checkWeek(week: Week): string | null {
  const all = [...days.flatMap((day) => week.days[day]), ...week.holidays.flatMap((holiday) => holiday.ranges)];
  if (all.some((range) => checkRange(range) !== null)) return 'Some hours are not complete yet.';
  if (days.every((day) => week.days[day].length === 0)) return 'Give at least one day hours, or choose to be always open.';
  if (week.holidays.some((holiday) => !isDate(holiday.date))) return 'Every holiday needs a date.';
  if (new Set(week.holidays.map((holiday) => holiday.date)).size < week.holidays.length) return 'A holiday is there twice.';
  return week.timeZone === '' ? 'Choose a time zone.' : null;
}

export function isDate(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // February the 30th is read as a day in March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Times as the server writes them. */
export const normalize = (range: Range): Range => ({ from: parseTime(range.from) ?? range.from, to: parseTime(range.to) ?? range.to });

export const normalizeWeek = (week: Week): Week => ({
  ...week,
  days: Object.fromEntries(days.map((day) => [day, week.days[day].map(normalize)])) as unknown as Week['days'],
  holidays: week.holidays.map((holiday) => ({ ...holiday, ranges: holiday.ranges.map(normalize) })),
});

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export interface Stretch {
  /** Minutes since midnight, 0 to 1440. */
  readonly from: number;
  readonly to: number;
}

/** When a weekday is open, what the day before leaves over after midnight included. Ranges that make no sense yet are left out. */
export function stretchesOf(week: Week, day: Day): Stretch[] {
  const before = days[(days.indexOf(day) + 6) % 7]!;
  const open = (of: Day) => week.days[of].filter((range) => checkRange(range) === null).map(normalize);
  const stretches = open(day).map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) > minutesOf(from) ? minutesOf(to) : 1440 }));
  const over = open(before).filter(({ from, to }) => minutesOf(to) <= minutesOf(from) && minutesOf(to) > 0);
  return [...over.map(({ to }) => ({ from: 0, to: minutesOf(to) })), ...stretches].sort((a, b) => a.from - b.from);
}

/** The next free hours after the last of a day, for a new range. */
export function nextRange(ranges: readonly Range[]): Range {
  const last = ranges.at(-1);
  if (last === undefined || checkRange(last) !== null) return { from: '09:00', to: '17:00' };
  const start = minutesOf(normalize(last).to) + 60;
  if (start >= 1380 || minutesOf(normalize(last).to) < minutesOf(normalize(last).from)) return { from: '', to: '' };
  const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return { from: clock(start), to: clock(Math.min(start + 240, 1440)) };
}
