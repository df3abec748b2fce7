import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { KeyHints } from '../keys/KeyHints';
import { place } from './place';

/**
 * Put once into every application: shows what `data-tip` and `data-keys` of an element say while the pointer or the focus is on it.
 * It repeats accessible names and `aria-keyshortcuts`, so it is hidden from assistive tools.
 */
export function Tooltips() {
  const ref = useRef<HTMLDivElement>(null);
  const shown = useSignal<{ readonly on: HTMLElement; readonly text: string; readonly keys: string | undefined } | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      shown.value = null;
    };
    const show = (event: Event) => {
      const on = (event.target as Element | null)?.closest?.<HTMLElement>('[data-tip]') ?? null;
      if (on === shown.peek()?.on) return;
      hide();
      if (on === null || (event.type === 'focusin' && !on.matches(':focus-visible')) || (event as PointerEvent).pointerType === 'touch') return;
      timer = setTimeout(() => {
        if (on.isConnected) shown.value = { on, text: on.dataset.tip ?? '', keys: on.dataset.keys };
      }, event.type === 'focusin' ? 250 : 450);
    };
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && hide();
    const listeners = { pointerover: show, focusin: show, focusout: hide, pointerdown: hide, scroll: hide, keydown: escape } as Record<string, (event: any) => void>;
    for (const [type, listener] of Object.entries(listeners)) document.addEventListener(type, listener, true);
    return () => {
      clearTimeout(timer);
      for (const [type, listener] of Object.entries(listeners)) document.removeEventListener(type, listener, true);
    };
  }, []);
  const now = shown.value;
  useEffect(() => {
    if (now === null || ref.current === null) return;
    ref.current.showPopover?.();
    place(now.on, ref.current, 'above-start');
  }, [now]);
  return now === null || (now.text === '' && now.keys === undefined) ? null : (
    <div ref={ref} popover="manual" class="ui-tooltip" aria-hidden="true">
      {now.text !== '' && <span>{now.text}</span>}
      {now.keys && <KeyHints keys={now.keys} />}
    </div>
  );
}
