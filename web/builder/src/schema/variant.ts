import { isObject, type JsonValue, type Path } from '../json/node';
import { get } from '../json/edit';
import type { Member, Shape } from './shape';
import { isOfType } from './validate';

/** Which variant of a choice a value is, or -1 when it is none. */
export function variantOf(shape: Shape, value: JsonValue | undefined): number {
  if (value === undefined) return -1;
  const fitting = shape.variants.map((variant, index) => ({ index, fit: fitOf(variant, value) })).filter(({ fit }) => fit >= 0);
  return fitting.reduce((best, next) => (next.fit > best.fit ? next : best), { index: -1, fit: -1 }).index;
}

/** How well a value fits: -1 not at all, 0 by its type, 1 by what it says of itself. */
function fitOf(shape: Shape, value: JsonValue): number {
  if (shape.variants.length > 0) return Math.max(...shape.variants.map(variant => fitOf(variant, value)));
  if (shape.types.length > 0 && !shape.types.some(type => isOfType(value, type))) return -1;
  if (!isObject(value)) return 0;
  const tag = tagMember(shape);
  if (!tag) return 0;
  return tag.shape.values!.includes(value[tag.name] ?? null) ? 1 : -1;
}

/** The member by whose value variants are told apart. */
export function tagMember(shape: Shape): Member | undefined {
  return shape.members.find(member => member.required && member.shape.values);
}

/** The shape of a value with the variant it is; the choice itself when it is none of them. */
export function chosen(shape: Shape, value: JsonValue | undefined): Shape {
  if (shape.variants.length === 0) return shape;
  const variant = shape.variants[variantOf(shape, value)];
  return variant ? chosen(variant, value) : shape;
}

/** What is said about the place a path leads to, or null. */
export function shapeAt(shape: Shape, value: JsonValue | undefined, path: Path): Shape | null {
  let current = shape;
  for (const [depth, step] of path.entries()) {
    const outer = chosen(current, get(value, path.slice(0, depth)));
    // A member of a choice may stand beside the variants too.
    const next: Shape | null | undefined =
      typeof step === 'number' ? outer.items
      : (outer.members.find(member => member.name === step)?.shape ?? current.members.find(member => member.name === step)?.shape ?? outer.others);
    if (!next) return null;
    current = next;
  }
  return current;
}
