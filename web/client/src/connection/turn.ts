import { batch } from '@preact/signals-core';

/** Something whose changes are shown together with others'. */
export interface Shown {
  show(): void;
}

const waiting = new Set<Shown>();
let isScheduled = false;

/** Shows what changes in this turn of the event loop as one change. */
export function showSoon(shown: Shown): void {
  waiting.add(shown);
  if (isScheduled) return;
  isScheduled = true;
  setTimeout(showAll, 0);
}

/** Shows everything that waits, now. */
export function showAll(): void {
  isScheduled = false;
  const all = [...waiting];
  waiting.clear();
  batch(() => {
    for (const shown of all) shown.show();
  });
}
