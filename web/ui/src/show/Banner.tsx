import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/Icon';
import type { IconName } from '../icon/shapes';

export interface BannerProps {
  readonly tone?: 'info' | 'positive' | 'warning' | 'danger';
  readonly icon?: IconName;
  readonly children: ComponentChildren;
  readonly action?: ComponentChildren;
}

export function Banner({ tone = 'info', icon, children, action }: BannerProps) {
  return (
    <div class={`ui-banner ui-banner-${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon name={icon ?? (tone === 'info' ? 'info' : tone === 'positive' ? 'check' : 'alert')} />
      <div class="ui-banner-text">{children}</div>
      {action}
    </div>
  );
}
