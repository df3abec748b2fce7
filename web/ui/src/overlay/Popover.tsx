import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { place, type Placement } from './place';

export interface PopoverProps {
  /** Beside which it opens; the focus returns there. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly placement?: Placement;
  readonly role?: JSX.IntrinsicElements['div']['role'];
  readonly label?: string;
  readonly class?: string;
  readonly children: ComponentChildren;
  onKeyDown?(event: KeyboardEvent): void;
  /** Escape, or a click elsewhere. */
  onClose(): void;
}

/** Shown for as long as it is rendered, above everything, beside its anchor. */
export function Popover({ anchor, placement = 'below-start', role = 'dialog', label, class: more, children, onKeyDown, onClose }: PopoverProps) {
  const ref = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const floating = ref.current!;
    const opener = anchor.current;
    floating.showPopover?.();
    const put = () => opener && place(opener, floating, placement);
    put();
    (floating.querySelector<HTMLElement>('[data-autofocus]') ?? floating.querySelector<HTMLElement>('button:not([disabled]), input, [href], [tabindex="0"]') ?? floating).focus();
    const outside = (event: PointerEvent) => {
      if (!floating.contains(event.target as Node) && !opener?.contains(event.target as Node)) close.current();
    };
    document.addEventListener('pointerdown', outside, true);
    addEventListener('resize', put);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      removeEventListener('resize', put);
      const had = floating.contains(document.activeElement);
      floating.hidePopover?.();
      if (had) opener?.focus();
    };
  }, []);
  return (
    <div
      ref={ref}
      popover="manual"
      role={role}
      aria-label={label}
      tabIndex={-1}
      class={`ui-popover ${more ?? ''}`}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }
      }}
    >
      {children}
    </div>
  );
}
