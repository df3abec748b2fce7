import type { ComponentChildren } from 'preact';
import { Button } from '../button/Button';
import { Icon } from '../icon/Icon';

export interface ErrorStateProps {
  readonly title: string;
  readonly children?: ComponentChildren;
  onRetry?(): void;
}

export function ErrorState({ title, children, onRetry }: ErrorStateProps) {
  return (
    <div class="ui-state ui-state-error" role="alert">
      <Icon name="alert" size={24} />
      <p class="ui-state-title">{title}</p>
      {children && <p class="ui-state-text">{children}</p>}
      {onRetry && (
        <Button icon="refresh" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
