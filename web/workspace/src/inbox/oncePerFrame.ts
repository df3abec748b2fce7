import { effect, signal, untracked, type ReadonlySignal } from '@preact/signals';

/**
 * A value computed from signals at most once a frame, however often they change. `watch` reads the signals, `compute` makes the value.
 * A hidden page has no frames: there a timer does.
 */
export function oncePerFrame<T>(watch: () => void, compute: () => T): { readonly value: ReadonlySignal<T>; dispose(): void } {
  const value = signal(untracked(compute));
  let cancel: (() => void) | null = null;
  let first = true;
  const stop = effect(() => {
    watch();
    if (first) {
      first = false;
      return;
    }
    cancel ??= soon(() => {
      cancel = null;
      value.value = untracked(compute);
    });
  });
  return {
    value,
    dispose() {
      stop();
      cancel?.();
    },
  };
}

function soon(run: () => void): () => void {
  const frame = document.hidden ? 0 : requestAnimationFrame(once);
  const timer = setTimeout(once, 120);
  let done = false;
  function once() {
    if (done) return;
    end();
    run();
  }
  function end() {
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  }
  return end;
}
