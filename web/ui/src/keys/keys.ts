/**
 * How keys are written: `k`, `?`, `mod+k` (Command on a Mac, else Ctrl), `alt+ArrowDown`, `shift+Enter`, and a sequence `g c`.
 * Several ways to the same are parted by a bar: `a|alt+a`.
 */
export const isMac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform ?? '');

const shown: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  alt: isMac ? '⌥' : 'Alt',
  shift: isMac ? '⇧' : 'Shift',
  ctrl: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  ' ': 'Space',
};

export const ways = (keys: string): string[] => (keys === '|' ? ['|'] : keys.split('|'));

/** The keys of the first way, one string for each cap: `[['Ctrl','K']]`, `[['G'],['C']]`. */
export function keyCaps(keys: string): string[][] {
  return ways(keys)[0]!.split(' ').map((combination) => splitCombination(combination).map((key) => shown[key] ?? (key.length === 1 ? key.toUpperCase() : key)));
}

/** As `aria-keyshortcuts` wants it. */
export function spokenKeys(keys: string): string {
  return ways(keys)
    .filter((way) => !way.includes(' '))
    .map((way) =>
      splitCombination(way)
        .map((key) => ({ mod: isMac ? 'Meta' : 'Control', ctrl: 'Control', alt: 'Alt', shift: 'Shift' })[key] ?? (key.length === 1 ? key.toUpperCase() : key))
        .join('+'),
    )
    .join(' ');
}

export function splitCombination(combination: string): string[] {
  if (combination.length === 1) return [combination];
  return combination.endsWith('+') ? [...combination.slice(0, -2).split('+').filter(Boolean), '+'] : combination.split('+');
}

/** Whether one combination (no sequence, no bar) is what was pressed. */
export function matches(combination: string, event: KeyboardEvent): boolean {
  const parts = splitCombination(combination);
  const key = parts.at(-1)!;
  const has = (name: string) => parts.slice(0, -1).includes(name);
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const otherMod = isMac ? event.ctrlKey : event.metaKey;
  if (has('mod') !== mod || has('ctrl') !== (isMac && otherMod) || (!isMac && otherMod) || has('alt') !== event.altKey) return false;
  const letter = /^[a-z]$/.test(key);
  // What a key types says nothing of Shift for `?` and its kind, and Alt types other letters on a Mac.
  if ((letter || key.length > 1) && has('shift') !== event.shiftKey) return false;
  if (letter && (event.altKey || has('mod')) && event.code !== undefined && event.code !== '') return event.code === `Key${key.toUpperCase()}`;
  return event.key === key || (letter && event.key.toLowerCase() === key);
}
