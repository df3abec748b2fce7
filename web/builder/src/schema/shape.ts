import type { JsonValue } from '../json/node';
import type { Schema, TypeName } from './schema';

/** What a schema says in the end, its `allOf` branches merged: what forms and explanations are made of. */
export interface Shape {
  readonly title: string;
  readonly description: string;
  /** Empty: anything. */
  readonly types: readonly TypeName[];
  /** The only values allowed, or null. */
  readonly values: readonly JsonValue[] | null;
  /** Values that are usual. */
  readonly suggestions: readonly JsonValue[];
  readonly members: readonly Member[];
  readonly items: Shape | null;
  /** Of members that have no name of their own. */
  readonly others: Shape | null;
  /** One of these besides; empty when there is no choice. */
  readonly variants: readonly Shape[];
  readonly limits: Limits;
}

export interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
}

export interface Limits {
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const shapes = new WeakMap<Schema, Shape>();

export function shapeOf(schema: Schema): Shape {
  let shape = shapes.get(schema);
  if (!shape) shapes.set(schema, (shape = merge([schema])));
  return shape;
}

/** Merges schemas that all hold. What is said later is more particular: its words win. */
function merge(schemas: readonly Schema[]): Shape {
  const parts = schemas.flatMap(partsOf);
  const last = <T>(read: (part: Schema) => T | undefined) => parts.map(read).findLast(value => value !== undefined);
  const names = [...new Set(parts.flatMap(part => Object.keys(part.properties ?? {})))];
  const required = new Set(parts.flatMap(part => part.required ?? []));
  const items = parts.flatMap(part => part.items ?? []);
  const others = parts.flatMap(part => part.additionalProperties ?? []);
  const enums = parts.flatMap(part => (part.enum ? [part.enum] : []));
  return {
    title: last(part => part.title) ?? '',
    description: last(part => part.description) ?? '',
    types: parts.map(part => typesOf(part)).filter(types => types.length > 0).reduce(intersection, []),
    values: enums.length > 0 ? enums.reduce((all, some) => all.filter(value => some.includes(value))) : null,
    suggestions: last(part => part.examples) ?? [],
    members: names.map(name => ({
      name,
      required: required.has(name),
      shape: merge(parts.flatMap(part => part.properties?.[name] ?? [])),
    })),
    items: items.length > 0 ? merge(items) : null,
    others: others.length > 0 ? merge(others) : null,
    variants: variantsOf(parts),
    limits: Object.assign({}, ...parts.map(limitsOf)) as Limits,
  };
}

// Branches without a type or members only restrict (one of two members is required, say); they are checked, not chosen.
function variantsOf(parts: readonly Schema[]): Shape[] {
  const choice = parts.find(part => part.anyOf?.some(branch => branch.type || branch.allOf || branch.anyOf || branch.enum))?.anyOf;
  return choice?.map(branch => shapeOf(branch)) ?? [];
}

// What stands beside `allOf` is more particular than what it refers to.
function partsOf(schema: Schema): Schema[] {
  const { allOf = [], ...own } = schema;
  return [...allOf.flatMap(partsOf), own];
}

function typesOf(schema: Schema): readonly TypeName[] {
  return schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;
}

function intersection(all: readonly TypeName[], some: readonly TypeName[]): readonly TypeName[] {
  return all.length === 0 ? some : all.filter(type => some.includes(type) || (type === 'integer' && some.includes('number')));
}

function limitsOf({ minItems, maxItems, minLength, maxLength, minimum, maximum }: Schema): Limits {
  return Object.fromEntries(Object.entries({ minItems, maxItems, minLength, maxLength, minimum, maximum }).filter(([, value]) => value !== undefined));
}
