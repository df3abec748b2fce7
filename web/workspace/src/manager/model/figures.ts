/** Seconds as a report has them: `8 s`, `3 min 10 s`, `1 h 12 min`; a dash for nothing. */
export function formatSeconds(seconds: number | null): string {
  if (seconds === null) return '–';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 1440) return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(minutes / 60);
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** At an axis, where there is little room. */
export function formatTick(seconds: number): string {
  if (seconds === 0) return '0';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return seconds % 60 === 0 ? `${seconds / 60} m` : `${seconds} s`;
  if (seconds < 86_400) return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${Math.round(seconds / 60)} m`;
  return `${Math.round(seconds / 86_400)} d`;
}

const whole = new Intl.NumberFormat('en');

export const formatCount = (count: number): string => whole.format(count);

/** `92 %`; a dash when there was nothing to be in time. */
export const formatShare = (part: number, of: number): string => (of === 0 ? '–' : `${Math.round((100 * part) / of)} %`);

/** Slots may be parts of one: `2`, `1.5`. */
export const formatSlots = (slots: number): string => String(Math.round(slots * 100) / 100);
