import { signal, type ReadonlySignal } from '@preact/signals';

const current = signal(typeof location === 'undefined' ? '/' : location.pathname);

/** The path on the screen. */
export const path: ReadonlySignal<string> = current;

let leaving: ((to: string) => boolean) | null = null;

/** Asked before another path is shown; false stays here. One at a time; null takes it away. */
export const guardLeaving = (guard: ((to: string) => boolean) | null) => (leaving = guard);

export function navigate(to: string, how: 'push' | 'replace' = 'push'): void {
  if (to === current.peek() || leaving?.(to) === false) return;
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', to);
  current.value = to;
}

if (typeof addEventListener === 'function') addEventListener('popstate', () => (current.value = location.pathname));

/** `/a/:id` against a path; null when it is another, else its parameters, decoded. A trailing `*` takes the rest. */
export function matchPath(pattern: string, of: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const parts = of.split('/').filter(Boolean);
  const found: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    if (want === '*') return { ...found, '*': parts.slice(index).join('/') };
    const part = parts[index];
    if (part === undefined) return null;
    if (want.startsWith(':')) {
      try {
        found[want.slice(1)] = decodeURIComponent(part);
      } catch {
        return null;
      }
    } else if (want !== part) return null;
  }
  return parts.length === wanted.length ? found : null;
}
