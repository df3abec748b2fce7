import { signal, type Signal } from '@preact/signals';

function kept<T extends string>(name: string, choices: readonly T[], first: T): { readonly value: Signal<T>; set(next: T): void } {
  const key = `parley.workspace.${name}`;
  let start = first;
  try {
    start = choices.find((choice) => choice === localStorage.getItem(key)) ?? first;
  } catch {
    // Without storage every page begins anew.
  }
  const value = signal<T>(start);
  return {
    value,
    set(next) {
      value.value = next;
      try {
        localStorage.setItem(key, next);
      } catch {
        // See above.
      }
    },
  };
}

/** What an agent likes, kept in his browser. */
export const sendWith = kept('send-with', ['enter', 'mod-enter'], 'enter');
export const sound = kept('sound', ['on', 'off'], 'on');
export const details = kept('details', ['shown', 'hidden'], 'shown');
