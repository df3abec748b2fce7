import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../button/Button';
import { IconButton } from '../button/IconButton';
import { Icon } from '../icon/Icon';
import { dismissToast, toasts } from './toast';

/** Put once into every application. */
export function Toasts() {
  const ref = useRef<HTMLDivElement>(null);
  const list = toasts.value;
  // A live region has to be there before it says something, hence it is always shown; shown anew it is above a dialog that opened meanwhile.
  useEffect(() => {
    if (list.length > 0 && document.querySelector('dialog:modal') !== null) ref.current?.hidePopover?.();
    if (!ref.current?.matches(':popover-open')) ref.current?.showPopover?.();
  }, [list]);
  return (
    <div ref={ref} popover="manual" class="ui-toasts" role="status" aria-label="Messages of the application">
      {list.map((one) => (
        <div key={one.id} class={`ui-toast ui-toast-${one.tone ?? 'plain'}`}>
          {one.tone === 'danger' && <Icon name="error" />}
          {one.tone === 'positive' && <Icon name="check" />}
          <span class="ui-toast-text">{one.text}</span>
          {one.undo && (
            <Button
              kind="quiet"
              size="small"
              onClick={() => {
                dismissToast(one.id);
                one.undo?.();
              }}
            >
              Undo
            </Button>
          )}
          <IconButton size="small" icon="close" label="Dismiss" onClick={() => dismissToast(one.id)} />
        </div>
      ))}
    </div>
  );
}
