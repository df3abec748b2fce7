import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../button/Button';
import { IconButton } from '../button/IconButton';
import { Icon } from '../icon/Icon';
import { dismissToast, toasts } from './toast';

/** Put once into every application. */
export function Toasts() {
  const ref = useRef<HTMLDivElement>(null);
  const list = toasts.value;
  useEffect(() => {
    // Shown anew, it is above a dialog that opened meanwhile.
    ref.current?.hidePopover?.();
    if (list.length > 0) ref.current?.showPopover?.();
  }, [list]);
  return (
    <>
      <div role="status" class="ui-hidden">
        {list.map((one) => (
          <p key={one.id}>{one.text}</p>
        ))}
      </div>
      <div ref={ref} popover="manual" class="ui-toasts">
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
    </>
  );
}
