import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../button/IconButton';

export interface DialogProps {
  readonly title: string;
  readonly size?: 'small' | 'medium' | 'large';
  /** Buttons below, the main one last. */
  readonly footer?: ComponentChildren;
  readonly children: ComponentChildren;
  /** Draws no title bar; the title still names it. */
  readonly bare?: boolean;
  readonly class?: string;
  /** Asked for by Escape, by the cross or by a click beside it. */
  onClose(): void;
}

/** Modal and shown for as long as it is rendered. The focus returns to where it was, if that is still there. */
export function Dialog({ title, size = 'medium', footer, children, bare = false, class: more, onClose }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const dialog = ref.current!;
    const before = document.activeElement as HTMLElement | null;
    dialog.showModal?.();
    dialog.querySelector<HTMLElement>('[autofocus], [data-autofocus]')?.focus();
    return () => {
      dialog.close?.();
      if (before?.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      class={`ui-dialog ui-dialog-${size} ${more ?? ''}`}
      aria-labelledby={bare ? undefined : id}
      aria-label={bare ? title : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => event.target === ref.current && onClose()}
    >
      <div class="ui-dialog-box">
        {!bare && (
          <header class="ui-dialog-head">
            <h2 id={id}>{title}</h2>
            <IconButton icon="close" label="Close" onClick={onClose} />
          </header>
        )}
        <div class="ui-dialog-body">{children}</div>
        {footer && <footer class="ui-dialog-foot">{footer}</footer>}
      </div>
    </dialog>
  );
}
