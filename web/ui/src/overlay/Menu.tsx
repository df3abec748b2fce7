import type { ComponentChildren, RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { Icon } from '../icon/Icon';
import type { IconName } from '../icon/shapes';
import { KeyHints } from '../keys/KeyHints';
import { Popover } from './Popover';
import type { Placement } from './place';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly keys?: string;
  readonly hint?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** Where one of several is chosen. */
  readonly checked?: boolean;
  /** A hairline above it. */
  readonly separated?: boolean;
  run(): void;
}

export interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly placement?: Placement;
  /** Draws the button: give it `ref`, `onClick` and `aria`. */
  children(button: MenuButton): ComponentChildren;
}

export interface MenuButton {
  readonly ref: RefObject<HTMLButtonElement | null>;
  readonly open: boolean;
  toggle(): void;
  readonly aria: { readonly 'aria-haspopup': 'menu'; readonly 'aria-expanded': boolean };
}

/** A button with a menu: arrows, Home, End, first letters, Enter, Escape. */
export function Menu({ label, items, placement = 'below-start', children }: MenuProps) {
  const ref = useRef<HTMLButtonElement>(null);
  const open = useSignal(false);
  const close = () => (open.value = false);
  const choices = () => [...document.querySelectorAll<HTMLElement>('.ui-menu .ui-menu-item:not([aria-disabled=true])')];
  const onKeyDown = (event: KeyboardEvent) => {
    const list = choices();
    const at = list.indexOf(document.activeElement as HTMLElement);
    const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey ? event.key.toLowerCase() : null;
    const to =
      { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 }[event.key] ??
      (letter === null || letter === ' ' ? undefined : firstFrom(list, at + 1, letter));
    if (event.key === 'Tab') close();
    if (to === undefined || list.length === 0) return;
    event.preventDefault();
    list[(to + list.length) % list.length]?.focus();
  };
  return (
    <>
      {children({ ref, open: open.value, toggle: () => (open.value = !open.value), aria: { 'aria-haspopup': 'menu', 'aria-expanded': open.value } })}
      {open.value && (
        <Popover anchor={ref} placement={placement} role="menu" label={label} class="ui-menu" onKeyDown={onKeyDown} onClose={close}>
          {items.map((item) => (
            <>
              {item.separated && <div role="separator" class="ui-menu-line" />}
              <button
                key={item.id}
                type="button"
                role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
                aria-checked={item.checked}
                aria-disabled={item.disabled || undefined}
                tabIndex={-1}
                class={`ui-menu-item ${item.danger ? 'is-danger' : ''}`}
                onClick={() => {
                  if (item.disabled) return;
                  close();
                  item.run();
                }}
              >
                {item.icon && <Icon name={item.icon} />}
                <span class="ui-menu-words">
                  {item.label}
                  {item.hint && <span class="ui-menu-hint">{item.hint}</span>}
                </span>
                {item.checked && <Icon name="check" />}
                {item.keys && <KeyHints keys={item.keys} />}
              </button>
            </>
          ))}
        </Popover>
      )}
    </>
  );
}

function firstFrom(list: readonly HTMLElement[], from: number, letter: string): number | undefined {
  for (let step = 0; step < list.length; step++) {
    const index = (from + step) % list.length;
    if (list[index]!.textContent?.trim().toLowerCase().startsWith(letter)) return index;
  }
  return undefined;
}
