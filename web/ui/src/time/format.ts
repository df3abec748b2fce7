/** `0:07`, `12:40`, `3 h 05`, `2 d 4 h`: short, and as wide a second later. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The same for ears and for titles: `3 minutes`. */
export function spokenDuration(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  const of = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (minutes < 1) return of(Math.max(0, Math.floor(ms / 1000)), 'second');
  if (minutes < 60) return of(minutes, 'minute');
  if (minutes < 1440) return of(Math.floor(minutes / 60), 'hour');
  return of(Math.floor(minutes / 1440), 'day');
}

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const longDay = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);

/** Whole calendar days between the two, by this machine's time zone. */
export const daysBetween = (at: number, now: number) => Math.round((midnight(now) - midnight(at)) / 86_400_000);

export const formatTime = (at: number) => time.format(at);

export const formatWhole = (at: number) => whole.format(at);

/** `now`, `4 min`, `11:20`, `Tue`, `3 May`: what fits a row. */
export function formatWhen(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  const days = daysBetween(at, now);
  if (days < 1) return time.format(at);
  if (days < 7) return weekday.format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayAndMonth.format(at) : dayMonthYear.format(at);
}

/** `Today`, `Yesterday`, `Monday, 4 May`. */
export function formatDay(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return days < 300 ? longDay.format(at) : dayMonthYear.format(at);
}
