import { isObject, type JsonObject, type JsonValue, type Path, setMember } from './node';

/** The value a path leads to, or undefined. */
export function get(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current) && typeof step === 'number') current = current[step];
    else if (isObject(current) && typeof step === 'string' && Object.hasOwn(current, step)) current = current[step];
    else return undefined;
  }
  return current;
}

/** A copy in which the value at a path is another; what is missing on the way is made. Members keep their order, new ones come last. */
export function set(value: JsonValue | undefined, path: Path, replacement: JsonValue): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (typeof step === 'number') {
    const copy = Array.isArray(value) ? [...value] : [];
    copy[step] = set(copy[step], rest, replacement);
    return copy;
  }
  const copy = copyOf(value);
  setMember(copy, step, set(get(value, [step]), rest, replacement));
  return copy;
}

/** A copy without the member or element at a path. */
export function remove(value: JsonValue, path: Path): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined || get(value, [step]) === undefined) return value;
  if (rest.length > 0) return set(value, [step], remove(get(value, [step])!, rest));
  if (Array.isArray(value)) return value.filter((_, index) => index !== step);
  const copy = copyOf(value);
  delete copy[step];
  return copy;
}

function copyOf(value: JsonValue | undefined): JsonObject {
  const copy: JsonObject = {};
  if (isObject(value)) for (const key of Object.keys(value)) setMember(copy, key, value[key]!);
  return copy;
}
