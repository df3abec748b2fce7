import type { KeyValueStorage } from './model/contract';

/** A storage that never throws: what cannot be kept there is kept in memory. */
export function storageThatHolds(given: KeyValueStorage | undefined, kind: 'localStorage' | 'sessionStorage'): KeyValueStorage {
  const memory = new Map<string, string>();
  let outer: KeyValueStorage | null = null;
  try {
    outer = given ?? globalThis[kind] ?? null;
  } catch {
    // An opaque origin has none.
  }
  return {
    getItem(key) {
      try {
        return memory.get(key) ?? outer?.getItem(key) ?? null;
      } catch {
        return null;
      }
    },
    setItem(key, value) {
      try {
        if (!outer) throw null;
        outer.setItem(key, value);
        memory.delete(key);
      } catch {
        memory.set(key, value);
      }
    },
    removeItem(key) {
      memory.delete(key);
      try {
        outer?.removeItem(key);
      } catch {
        // Then it was never there.
      }
    },
  };
}

/** What was kept as JSON, or null when there is nothing that can be read. */
export function readJson(storage: KeyValueStorage, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
