import { type JsonObject, type JsonValue, setMember } from '../json/node';
import type { Shape } from '../schema/shape';

/** What a member begins with when it is added: the least that its shape allows. */
export function initialValue(shape: Shape): JsonValue {
  if (shape.variants.length > 0 && shape.types.length === 0) return initialValue(shape.variants[0]!);
  if (shape.values) return shape.values[0] ?? null;
  if (shape.suggestions.length > 0 && !shape.types.includes('object')) return shape.suggestions[0]!;
  switch (shape.types[0] ?? (shape.members.length > 0 ? 'object' : 'string')) {
    case 'object': {
      const value: JsonObject = {};
      for (const member of shape.members) if (member.required) setMember(value, member.name, initialValue(member.shape));
      return value;
    }
    case 'array':
      return shape.items ? Array.from({ length: Math.max(1, shape.limits.minItems ?? 0) }, () => initialValue(shape.items!)) : [];
    case 'integer':
    case 'number':
      return shape.limits.minimum ?? 0;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return '';
  }
}
