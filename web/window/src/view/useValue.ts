import { computed, effect, type ReadonlySignal } from '@preact/signals-core';
import { useLayoutEffect, useMemo, useReducer } from 'preact/hooks';

/** The value of a signal; renders again when it changes. */
export function useValue<T>(source: ReadonlySignal<T>): T {
  const [, render] = useReducer<number, void>(n => n + 1, 0);
  const seen = source.value;
  useLayoutEffect(
    () => effect(() => {
      if (source.value !== seen) render();
    }),
    [source, seen],
  );
  return seen;
}

/** What a function of signals gives; renders again when that changes. */
export const useComputed = <T>(read: () => T, inputs: readonly unknown[]): T => useValue(useMemo(() => computed(read), inputs));
