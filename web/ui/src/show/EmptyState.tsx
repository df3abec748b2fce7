import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/Icon';
import type { IconName } from '../icon/shapes';

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  /** What will be here, and what to do. */
  readonly children?: ComponentChildren;
  readonly action?: ComponentChildren;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div class="ui-state">
      <Icon name={icon} size={24} />
      <p class="ui-state-title">{title}</p>
      {children && <p class="ui-state-text">{children}</p>}
      {action}
    </div>
  );
}
