import { shapes, type IconName } from './shapes';

interface IconProps {
  readonly name: IconName;
  readonly size?: 12 | 16 | 20 | 24;
  /** Only where no text says the same. */
  readonly label?: string;
  readonly class?: string;
}

export function Icon({ name, size = 16, label, class: more }: IconProps) {
  return (
    <svg
      class={`ui-icon ${more ?? ''}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      focusable="false"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path d={shapes[name]} />
    </svg>
  );
}
