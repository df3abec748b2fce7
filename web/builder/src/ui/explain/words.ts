import type { JsonValue } from '../../json/node';
import type { Shape } from '../../schema/shape';
import { list, nameOfType } from '../../schema/validate';

/** What kind of value it takes, in words: `text of 1 to 64 characters`. */
export function kindInWords(shape: Shape): string {
  if (shape.values) return shape.values.length === 1 ? `always ${show(shape.values[0]!)}` : `one of ${list(shape.values.map(show), 'or')}`;
  if (shape.variants.length > 0 && shape.types.length === 0) return list([...new Set(shape.variants.map(variant => variant.title || kindInWords(variant)))], 'or');
  const types = shape.types.map(nameOfType);
  const kind = types.length > 0 ? list(types, 'or') : shape.members.length > 0 ? 'an object' : 'anything';
  const limits = limitsInWords(shape);
  return limits ? `${kind}, ${limits}` : kind;
}

function limitsInWords({ limits }: Shape): string {
  const range = (min: number | undefined, max: number | undefined, unit: string) =>
    min !== undefined && max !== undefined ? `${min} to ${max}${unit}`
    : min !== undefined ? `at least ${min}${unit}`
    : max !== undefined ? `at most ${max}${unit}`
    : '';
  const words = [
    limits.minLength === 1 && limits.maxLength === undefined ? 'not empty' : range(limits.minLength, limits.maxLength, ' characters'),
    range(limits.minimum, limits.maximum, ''),
    range(limits.minItems, limits.maxItems, limits.maxItems === 1 ? ' element' : ' elements'),
  ];
  return words.filter(Boolean).join(', ');
}

export function show(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
