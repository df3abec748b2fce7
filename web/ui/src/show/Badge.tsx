import type { ComponentChildren } from 'preact';

export interface BadgeProps {
  readonly tone?: 'neutral' | 'accent' | 'positive' | 'warning' | 'danger' | 'note';
  readonly children: ComponentChildren;
  readonly title?: string;
}

export function Badge({ tone = 'neutral', children, title }: BadgeProps) {
  return (
    <span class={`ui-badge ui-badge-${tone}`} title={title}>
      {children}
    </span>
  );
}
