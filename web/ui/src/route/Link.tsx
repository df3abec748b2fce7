import type { PartialAnchorHTMLAttributes } from 'preact';
import { navigate } from './router';

export interface LinkProps extends PartialAnchorHTMLAttributes<HTMLAnchorElement> {
  readonly to: string;
}

/** A link within the application; with a modifier key it opens as any other. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  return (
    <a
      {...(rest as object)}
      href={to}
      onClick={(event) => {
        (onClick as ((event: MouseEvent) => void) | undefined)?.(event);
        if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigate(to);
      }}
    />
  );
}
