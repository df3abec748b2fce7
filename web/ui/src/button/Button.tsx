import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '../icon/Icon';
import type { IconName } from '../icon/shapes';
import { spokenKeys } from '../keys/keys';

export interface ButtonProps extends Omit<JSX.IntrinsicElements['button'], 'size' | 'icon'> {
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'positive';
  readonly size?: 'small' | 'medium';
  readonly icon?: IconName | undefined;
  /** Keeps its width and place, says that it is busy and takes no click. */
  readonly busy?: boolean;
  /** Keys that do the same, shown in the tooltip: `mod+k`. */
  readonly keys?: string | undefined;
  readonly tip?: string | undefined;
  readonly children?: ComponentChildren;
}

export function Button({ kind = 'secondary', size = 'medium', icon, busy = false, keys, tip, class: more, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`ui-button ui-button-${kind} ui-button-${size} ${busy ? 'is-busy' : ''} ${more ?? ''}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      aria-keyshortcuts={keys === undefined ? undefined : spokenKeys(keys)}
      data-tip={tip ?? (keys === undefined ? undefined : '')}
      data-keys={keys}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} />}
      <span class="ui-button-text">{children}</span>
    </button>
  );
}
