import type { Language } from '../loader/languages';
import type { Plural, Strings } from './strings';

/** Texts, numbers and times of one language. */
export interface Texts extends Strings {
  readonly language: Language;
  plural(forms: Plural, n: number): string;
  /** `09:41` */
  time(at: number): string;
  /** `Today`, `Yesterday`, else the date. */
  day(at: number, now: number): string;
  /** For a moment to come, within a sentence: `today at 14:00`, `Monday at 09:00`. */
  moment(at: number, now: number): string;
  /** `3 minutes`; at least one. */
  duration(seconds: number): string;
  /** `3 MB` */
  size(bytes: number): string;
}

export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);

export function textsOf(language: Language, strings: Strings): Texts {
  const number = new Intl.NumberFormat(language);
  const rules = new Intl.PluralRules(language);
  const clock = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
  const date = (options: Intl.DateTimeFormatOptions, at: number) => new Intl.DateTimeFormat(language, options).format(at);
  const unit = (name: string, n: number, unitDisplay: 'long' | 'short') =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: 1 }).format(n);
  return {
    ...strings,
    language,
    plural: (forms, n) => fill(forms[rules.select(n)] ?? forms.other, { n: number.format(n) }),
    time: at => clock.format(at),
    day(at, now) {
      const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
      if (days === 0 || days === -1) return capital(new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day'));
      return date({ weekday: 'long', day: 'numeric', month: 'long', ...(now - at > 300 * 86_400_000 && { year: 'numeric' }) }, at);
    },
    moment: (at, now) =>
      midnight(at) === midnight(now)
        ? date({ hour: 'numeric', minute: '2-digit' }, at)
        : date({ weekday: 'long', hour: 'numeric', minute: '2-digit', ...(at - now > 6 * 86_400_000 && { day: 'numeric', month: 'long' }) }, at),
    duration(seconds) {
      const minutes = Math.max(1, Math.ceil(seconds / 60));
      return minutes < 90 ? unit('minute', minutes, 'long') : unit('hour', Math.round(minutes / 60), 'long');
    },
    size: bytes => unit('megabyte', bytes / 1048576, 'short'),
  };
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
