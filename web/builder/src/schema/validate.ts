import { isObject, type JsonValue, type Path } from '../json/node';
import type { Schema, TypeName } from './schema';

/** Something in a value that its schema does not allow. */
export interface Problem {
  readonly path: Path;
  /** A sentence that says what is wrong and what would be right. */
  readonly message: string;
}

/** Everything that is wrong with a value; empty when it is as the schema says. */
export function validate(schema: Schema, value: JsonValue, path: Path = []): Problem[] {
  const problems: Problem[] = [];
  const report = (message: string, at: Path = path) => problems.push({ path: at, message });

  if (schema.type !== undefined && !typesOf(schema).some(type => isOfType(value, type))) {
    report(`Must be ${list(typesOf(schema).map(nameOfType), 'or')}, not ${nameOfType(typeOf(value))}.`);
    return problems;
  }
  if (schema.enum && !schema.enum.includes(value)) report(wrongChoice(schema.enum));
  if (typeof value === 'string') {
    const length = [...value].length;
    if (schema.minLength !== undefined && length < schema.minLength) {
      report(schema.minLength === 1 ? 'Must not be empty.' : `Must have at least ${schema.minLength} characters.`);
    }
    if (schema.maxLength !== undefined && length > schema.maxLength) report(`Must have at most ${schema.maxLength} characters; it has ${length}.`);
  }
  if (typeof value === 'number') {
    if (schema.minimum !== undefined && value < schema.minimum) report(`Must be at least ${schema.minimum}.`);
    if (schema.maximum !== undefined && value > schema.maximum) report(`Must be at most ${schema.maximum}.`);
  }
  if (Array.isArray(value)) {
    if (schema.minItems !== undefined && value.length < schema.minItems) report(`Must have at least ${count(schema.minItems, 'element')}.`);
    if (schema.maxItems !== undefined && value.length > schema.maxItems) report(`Must have at most ${count(schema.maxItems, 'element')}.`);
    if (schema.items) for (const [index, item] of value.entries()) problems.push(...validate(schema.items, item, [...path, index]));
  }
  if (isObject(value)) {
    for (const name of schema.required ?? []) if (!Object.hasOwn(value, name)) report(`${name} is missing.`, [...path, name]);
    for (const [name, member] of Object.entries(value)) {
      const known = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
      const rule = known ?? schema.additionalProperties;
      if (rule) problems.push(...validate(rule, member, [...path, name]));
    }
  }
  for (const part of schema.allOf ?? []) problems.push(...validate(part, value, path));
  if (schema.not && validate(schema.not, value).length === 0) report(schema.not.type === 'null' ? 'Must not be null.' : 'This combination is not allowed.');
  if (schema.anyOf) problems.push(...validateChoice(schema.anyOf, value, path));
  return distinct(problems);
}

/** Of a choice that nothing fits, the complaints of the branch that is meant. */
function validateChoice(branches: readonly Schema[], value: JsonValue, path: Path): Problem[] {
  const attempts = branches.map(branch => validate(branch, value, path));
  if (attempts.some(problems => problems.length === 0)) return [];
  const meant = branches.findIndex(branch => isMeant(branch, value));
  if (meant >= 0) return attempts[meant]!;
  const tags = branches.flatMap(branch => tagOf(branch) ?? []);
  if (isObject(value) && tags.length > 0 && tags.every(tag => tag.name === tags[0]!.name)) {
    const { name } = tags[0]!;
    return [{ path: [...path, name], message: Object.hasOwn(value, name) ? wrongChoice(tags.flatMap(tag => tag.values)) : `${name} is missing.` }];
  }
  const onlyMembers = branches.every(branch => branch.required && !branch.type && !branch.properties);
  if (onlyMembers) return [{ path, message: `${list(branches.flatMap(branch => branch.required ?? []), 'or')} is missing.` }];
  const ofType = attempts.filter((_, index) => branches[index]!.type === undefined || typesOf(branches[index]!).some(type => isOfType(value, type)));
  if (ofType.length > 0) return ofType.reduce((best, problems) => (problems.length < best.length ? problems : best));
  const types = [...new Set(branches.flatMap(typesOf))];
  return [{ path, message: `Must be ${list(types.map(nameOfType), 'or')}, not ${nameOfType(typeOf(value))}.` }];
}

/** The member by whose value variants of an object are told apart. */
export function tagOf(schema: Schema): { name: string; values: readonly JsonValue[] } | null {
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    if (member.enum && schema.required?.includes(name)) return { name, values: member.enum };
  }
  return null;
}

function isMeant(branch: Schema, value: JsonValue): boolean {
  const tag = tagOf(branch);
  return tag !== null && isObject(value) && tag.values.includes(value[tag.name] ?? null);
}

function typesOf(schema: Schema): readonly TypeName[] {
  return schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;
}

export function typeOf(value: JsonValue): TypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as TypeName;
}

export function isOfType(value: JsonValue, type: TypeName): boolean {
  const actual = typeOf(value);
  return actual === type || (actual === 'integer' && type === 'number');
}

const names: Readonly<Record<TypeName, string>> = {
  null: 'null', boolean: 'true or false', integer: 'a whole number', number: 'a number', string: 'a text', array: 'a list', object: 'an object',
};

export function nameOfType(type: TypeName): string {
  return names[type];
}

function wrongChoice(values: readonly JsonValue[]): string {
  return `Must be ${list(values.map(value => (typeof value === 'string' ? value : JSON.stringify(value))), 'or')}.`;
}

/** `a, b or c`. */
export function list(words: readonly string[], word: 'and' | 'or'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${word} ${words.at(-1)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ path, message }) => {
    const key = JSON.stringify([path, message]);
    return !seen.has(key) && seen.add(key);
  });
}
