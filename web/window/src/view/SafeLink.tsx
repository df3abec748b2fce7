import type { ComponentChildren } from 'preact';
import { useSurroundings } from './context';

interface SafeLinkProps {
  readonly href: string;
  readonly children: ComponentChildren;
  readonly class?: string | undefined;
  readonly title?: string | undefined;
  onClick?(): void;
}

/** Leads out of the page, which the other side learns nothing of. Other kinds of addresses become text. */
export function SafeLink({ href, children, ...rest }: SafeLinkProps) {
  const { texts } = useSurroundings();
  if (!/^(?:https?|mailto|tel):/i.test(href)) return <span {...rest}>{children}</span>;
  return (
    <a {...rest} href={href} target="_blank" rel="noopener noreferrer">
      {children}<span class="said"> {texts.newTab}</span>
    </a>
  );
}
