import { formatSpan, parseSpan } from './span';

/** How a value of the API is typed by people: `null` is an empty field, and the default. */
export interface Codec {
  format(value: unknown): string;
  /** Throws nothing; `error` says what is wrong and what is right. */
  parse(text: string): { readonly value: unknown } | { readonly error: string };
}

const empty = (text: string) => text.trim() === '';

/** A stretch of time, kept in units of `unit` seconds. */
export const span = (unit: 1 | 60): Codec => ({
  format: (value) => (typeof value === 'number' ? formatSpan(value * unit) : ''),
  parse(text) {
    if (empty(text)) return { value: null };
    const seconds = parseSpan(text, unit);
    if (seconds === null) return { error: unit === 1 ? 'Write it like 90 s, 10 min or 2 h.' : 'Write it like 10 min, 2 h or 90 d.' };
    if (seconds < unit) return { error: unit === 1 ? 'It must be 1 s or more.' : 'It must be 1 min or more.' };
    return seconds % unit === 0 ? { value: seconds / unit } : { error: 'Whole minutes only.' };
  },
});

/** A whole number. */
export const count = (least: number, most: number = Number.MAX_SAFE_INTEGER): Codec => ({
  format: (value) => (typeof value === 'number' ? String(value) : ''),
  parse(text) {
    if (empty(text)) return { value: null };
    const digits = text.trim();
    const number = Number(digits);
    if (!/^\d+$/.test(digits) || !Number.isSafeInteger(number)) return { error: 'Write a whole number.' };
    if (number < least || number > most) return { error: most === Number.MAX_SAFE_INTEGER ? `It must be ${least} or more.` : `It must be between ${least} and ${most}.` };
    return { value: number };
  },
});

/** Bytes, typed as megabytes. */
export const megabytes: Codec = {
  format: (value) => (typeof value === 'number' ? String(Math.round((value / 1_048_576) * 100) / 100) : ''),
  parse(text) {
    if (empty(text)) return { value: null };
    const number = Number(text.trim().replace(/\s*mb$/i, '').replace(',', '.'));
    if (!Number.isFinite(number) || number <= 0) return { error: 'Write how many megabytes, like 3 or 0.5.' };
    const bytes = Math.round(number * 1_048_576);
    return bytes >= 1 && bytes <= 2_147_483_647 ? { value: bytes } : { error: 'It must be less than 2048 MB.' };
  },
};

export const text = (longest: number): Codec => ({
  format: (value) => (typeof value === 'string' ? value : ''),
  parse: (typed) => (empty(typed) ? { value: null } : typed.length > longest ? { error: `At most ${longest} characters; it has ${typed.length}.` } : { value: typed }),
});

export const address: Codec = {
  format: (value) => (typeof value === 'string' ? value : ''),
  parse(typed) {
    const trimmed = typed.trim();
    if (trimmed === '') return { value: null };
    try {
      if (/^https?:$/.test(new URL(trimmed).protocol)) return { value: trimmed };
    } catch {
      // Said below.
    }
    return { error: 'Write a whole address that begins with https://.' };
  },
};
