import { signal } from '@preact/signals-core';
import { follow, h, part } from '../dom/h';
import { composer, type Composer } from './composer';
import type { Context } from './context';
import { confirmation, header, type Question } from './header';
import { connectionNotice } from './notes';
import { timeline } from './timeline';

const narrow = matchMedia('(max-width: 480px)');

/** Beside the page on a large screen; on a small one it is the screen, and keeps the focus. */
export function panel(context: Context, launcher: HTMLElement): HTMLDialogElement {
  const { session } = context;
  const dropping = signal(false);
  const question = signal<Question | null>(null);
  let write: Composer | null = null;

  const dialog = h('dialog', {
    class: 'panel', tabindex: -1, 'aria-labelledby': 'title',
    oncancel(event: Event) {
      event.preventDefault();
      session.close();
    },
    onkeydown(event: KeyboardEvent) {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      if (question.value) question.value = null;
      else session.close();
    },
    ondragover(event: DragEvent) {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      dropping.value = true;
    },
    ondragleave(event: DragEvent) {
      if (!dialog.contains(event.relatedTarget as Node | null)) dropping.value = false;
    },
    ondrop(event: DragEvent) {
      event.preventDefault();
      dropping.value = false;
      if (event.dataTransfer) write?.add(event.dataTransfer.files);
    },
  });
  const focused = () => (dialog.getRootNode() as ShadowRoot).activeElement;

  follow(() => {
    if (!session.opened.value) return;
    const back = deepActive();
    const [, stop] = part(() => {
      write = composer(context, () => dropping.value);
      dialog.append(header(context, question), connectionNotice(context), timeline(context), confirmation(context, question), write.element);
    });
    const show = () => {
      const inside = dialog.contains(focused());
      if (dialog.open) dialog.close();
      const before = deepActive();
      if (narrow.matches) dialog.showModal();
      else dialog.show();
      // A dialog takes the focus of its own accord.
      if (!session.takesFocus && before instanceof HTMLElement) {
        if (before === document.body) (deepActive() as HTMLElement | null)?.blur();
        else before.focus();
      }
      // A touch keyboard would cover what there is to read.
      if (!inside && session.takesFocus) (narrow.matches ? dialog : write?.field)?.focus();
    };
    const fit = () => dialog.style.setProperty('--visible-height', `${visualViewport?.height}px`);
    show();
    fit();
    narrow.addEventListener('change', show);
    visualViewport?.addEventListener('resize', fit);
    return () => {
      narrow.removeEventListener('change', show);
      visualViewport?.removeEventListener('resize', fit);
      const leaves = dialog.contains(focused()) || deepActive() === document.body;
      dialog.close();
      stop();
      write = question.value = null;
      dialog.replaceChildren();
      // After the launcher is there again.
      if (leaves) queueMicrotask(() => (back instanceof HTMLElement && back.isConnected && back !== document.body ? back : launcher).focus());
    };
  });
  return dialog;
}

/** What has the focus, also inside of shadow roots. */
function deepActive(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
