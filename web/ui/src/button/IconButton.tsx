import type { JSX } from 'preact';
import { Icon } from '../icon/Icon';
import type { IconName } from '../icon/shapes';
import { spokenKeys } from '../keys/keys';

export interface IconButtonProps extends Omit<JSX.IntrinsicElements['button'], 'label' | 'size' | 'icon'> {
  readonly icon: IconName;
  /** Its accessible name, and its tooltip. */
  readonly label: string;
  readonly keys?: string | undefined;
  readonly size?: 'small' | 'medium';
  readonly pressed?: boolean;
}

export function IconButton({ icon, label, keys, size = 'medium', pressed, class: more, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`ui-icon-button ui-icon-button-${size} ${more ?? ''}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys === undefined ? undefined : spokenKeys(keys)}
      data-tip={label}
      data-keys={keys}
    >
      <Icon name={icon} size={size === 'small' ? 16 : 20} />
    </button>
  );
}
