/** A JSON object as it came; its members are looked at before they are used. */
export type Wire = { readonly [member: string]: unknown };

export const object = (value: unknown): Wire => (isObject(value) ? value : {});
export const isObject = (value: unknown): value is Wire => typeof value === 'object' && value !== null && !Array.isArray(value);

/** One element may stand for a list of one (protocol ch. 2). */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);
export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const number = (value: unknown): number | null => {
  const n = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof n === 'number' && Number.isFinite(n) ? n : null;
};
