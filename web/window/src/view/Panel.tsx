import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Composer } from './Composer';
import { Confirm, type Question } from './Confirm';
import { ConnectionNotice } from './ConnectionNotice';
import { useSurroundings } from './context';
import { Header } from './Header';
import { Timeline } from './Timeline';
import { useValue } from './useValue';

const narrow = matchMedia('(max-width: 480px)');

/** Beside the page on a large screen; on a small one it is the screen, and keeps the focus. */
export function Panel({ launcher }: { launcher: HTMLButtonElement }) {
  const { session } = useSurroundings();
  const opened = useValue(session.opened);
  const dialog = useRef<HTMLDialogElement>(null);
  const composer = useRef<HTMLTextAreaElement>(null);
  const back = useRef<HTMLElement | null>(null);
  const [dropping, setDropping] = useState(false);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [question, setQuestion] = useState<Question | null>(null);
  const add = (more: Iterable<File>) => setFiles(before => [...before, ...more]);

  useLayoutEffect(() => {
    const element = dialog.current!;
    if (!opened) return;
    const focused = deepActive();
    back.current = focused === document.body ? null : (focused as HTMLElement | null);
    const show = () => {
      const inside = element.contains(rootOf(element).activeElement);
      if (element.open) element.close();
      if (narrow.matches) element.showModal();
      else element.show();
      // A touch keyboard would cover what there is to read.
      if (!inside) (narrow.matches ? element : composer.current)?.focus();
    };
    show();
    narrow.addEventListener('change', show);
    return () => {
      narrow.removeEventListener('change', show);
      const had = element.contains(rootOf(element).activeElement) || !document.hasFocus() || deepActive() === document.body;
      element.close();
      if (had) (back.current?.isConnected ? back.current : launcher).focus();
    };
  }, [opened]);

  useEffect(() => {
    const view = globalThis.visualViewport;
    if (!opened || !view) return;
    const fit = () => dialog.current?.style.setProperty('--visible-height', `${view.height}px`);
    fit();
    view.addEventListener('resize', fit);
    return () => view.removeEventListener('resize', fit);
  }, [opened]);

  const close = () => session.close();
  return (
    <dialog
      ref={dialog} class="panel" tabindex={-1} aria-labelledby="title"
      onCancel={event => (event.preventDefault(), close())}
      onKeyDown={event => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        if (question) setQuestion(null);
        else close();
      }}
      onDragOver={event => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={event => event.currentTarget.contains(event.relatedTarget as Node | null) || setDropping(false)}
      onDrop={event => {
        event.preventDefault();
        setDropping(false);
        if (event.dataTransfer) add(event.dataTransfer.files);
      }}
    >
      {opened && (
        <>
          <Header close={close} ask={setQuestion} />
          <ConnectionNotice />
          <Timeline />
          {question && <Confirm question={question} done={() => setQuestion(null)} />}
          <Composer field={composer} files={files} add={add} remove={file => setFiles(files.filter(f => f !== file))} dropping={dropping} />
        </>
      )}
    </dialog>
  );
}

const rootOf = (element: Element) => element.getRootNode() as ShadowRoot;

/** What has the focus, also inside of shadow roots. */
function deepActive(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
