import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { matches, ways } from './keys';

export interface Hotkey {
  /** See keys.ts; the first way is the one that is shown. */
  readonly keys: string;
  readonly label: string;
  /** Its heading in the sheet of all keys. */
  readonly group: string;
  /** False hides and disables it now. */
  readonly enabled?: boolean;
  /** Not worth a line of its own in the sheet. */
  readonly hidden?: boolean;
  run(event: KeyboardEvent): void;
}

// One list a component, those registered last first: they win.
const registered = signal<readonly (readonly Hotkey[])[]>([]);

/** All that can be pressed now, in the order in which people read them. */
export const hotkeys: ReadonlySignal<readonly Hotkey[]> = computed(() => registered.value.slice().reverse().flat());

const storageKey = 'parley.single-keys';

function remembered(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

/** Whether keys without Ctrl, Command or Alt do anything (WCAG 2.1.4 wants a way to turn them off). */
export const singleKeys = signal(remembered());

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Then for this page alone.
  }
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])'));

let pending = '';
let pendingTimer: ReturnType<typeof setTimeout> | undefined;

/** Exposed for tests; the document's listener calls it. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Alt', 'Control', 'Meta'].includes(event.key)) return;
  // A modal dialog has the keyboard for itself.
  if (document.querySelector('dialog:modal') !== null) return;
  const before = pending;
  pending = '';
  clearTimeout(pendingTimer);
  for (const hotkey of registered.value.flat()) {
    if (hotkey.enabled === false) continue;
    for (const way of ways(hotkey.keys)) {
      const [first, second] = way.split(' ') as [string, string?];
      const plain = !/(^|\+)(mod|alt|ctrl)\+/.test(way);
      if (plain && (!singleKeys.value || (isTyping(event.target) && way !== 'Escape'))) continue;
      if (second === undefined ? before === '' && matches(first, event) : before === first && matches(second, event)) {
        event.preventDefault();
        hotkey.run(event);
        return;
      }
      if (second !== undefined && before === '' && matches(first, event)) pending = first;
    }
  }
  if (pending !== '') pendingTimer = setTimeout(() => (pending = ''), 1200);
  else if (before !== '') handleKey(event);
}

let listening = false;

/** These keys work as long as the component is there. */
export function useHotkeys(list: readonly Hotkey[]): void {
  const newest = useRef(list);
  newest.current = list;
  const shape = list.map((hotkey) => `${hotkey.keys}\n${hotkey.label}\n${hotkey.group}\n${hotkey.enabled !== false}`).join('\n\n');
  // Before the screen shows what the keys are for: whoever sees it may press at once.
  useLayoutEffect(() => {
    if (!listening) {
      listening = true;
      document.addEventListener('keydown', handleKey);
    }
    const mine = newest.current.map((hotkey, index) => ({ ...hotkey, run: (event: KeyboardEvent) => newest.current[index]?.run(event) }));
    registered.value = [mine, ...registered.peek()];
    return () => {
      registered.value = registered.peek().filter((list) => list !== mine);
    };
  }, [shape]);
}
