import { signal, type ReadonlySignal } from '@preact/signals';

let timer: ReturnType<typeof setInterval> | undefined;

const ticking = signal(Date.now(), {
  watched() {
    this.value = Date.now();
    timer = setInterval(() => (ticking.value = Date.now()), 1000);
  },
  unwatched() {
    clearInterval(timer);
  },
});

/** This machine's epoch ms, a new value every second while anything on the screen shows it. */
export const clock: ReadonlySignal<number> = ticking;
