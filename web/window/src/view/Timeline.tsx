import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { toRows, type Row } from '../model/rows';
import { useSurroundings } from './context';
import { authorOf } from './describe';
import { EntryView } from './EntryView';
import { Icon } from './Icon';
import { Intro } from './Intro';
import { QuickReplyBar } from './QuickReplyBar';
import { Rating } from './Rating';
import { Typing } from './Typing';
import { useComputed, useValue } from './useValue';
import { WaitingNote } from './WaitingNote';

const page = 80;

/**
 * The newest messages; more are shown as one reads back. Who is at the end stays at the end; who reads elsewhere keeps his
 * place, whatever comes above or below.
 */
export function Timeline() {
  const { session, texts } = useSurroundings();
  const sections = useValue(session.sections);
  const newSince = useValue(session.newSince);
  const loading = useValue(session.loading);
  const unread = useValue(session.unread);
  const hasEarlier = useValue(session.hasEarlier);
  const ended = useComputed(() => !!session.conversation.value && !session.conversation.value.mainOpen && !session.survey.value, [session]);
  const [limit, setLimit] = useState(page);
  const [atEnd, setAtEnd] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const place = useRef<{ stick: boolean; element: HTMLElement | null; top: number; shownNew: boolean }>({ stick: true, element: null, top: 0, shownNew: false });
  const { rows, more } = useMemo(() => toRows(sections, newSince, limit), [sections, newSince, limit]);
  const lastRow = rows.findLast(row => row.kind === 'entry');
  const names = useComputed(
    () => new Map(sections.flatMap(s => (s.entries ?? []).slice(-limit)).map(entry => [entry.from.id, authorOf(session, texts, entry)])),
    [sections, limit],
  );
  const pictures = useComputed(
    () => new Map([...names.keys()].map(id => [id, session.cards.known(id)?.pictureUrl ?? null])),
    [names],
  );

  const keepPlace = () => {
    const box = scroller.current;
    if (!box) return;
    const { stick, element, top } = place.current;
    if (stick) box.scrollTop = box.scrollHeight;
    else if (element?.isConnected) box.scrollTop += element.offsetTop - box.scrollTop - top;
  };

  const scrolled = () => {
    const box = scroller.current!;
    const stick = box.scrollHeight - box.scrollTop - box.clientHeight < 48;
    const element = stick ? null : firstVisible(list.current!, box.scrollTop);
    place.current = { ...place.current, stick, element, top: element ? element.offsetTop - box.scrollTop : 0 };
    setAtEnd(stick);
    if (box.scrollTop < 400) readBack();
  };

  const readBack = () => {
    if (more) setLimit(limit + page);
    else if (hasEarlier && !loading) session.showEarlier();
  };

  // What one sends is seen.
  const sentKey = lastRow?.kind === 'entry' && lastRow.entry.mine ? lastRow.key : null;
  useLayoutEffect(() => {
    if (sentKey) place.current.stick = true;
  }, [sentKey]);
  useLayoutEffect(() => {
    const divider = list.current!.querySelector<HTMLElement>('.new');
    if (divider && !place.current.shownNew) {
      place.current.shownNew = true;
      const box = scroller.current!;
      // Unread that fit are read from the end; else one begins to read where they begin.
      if (box.scrollHeight - divider.offsetTop > box.clientHeight) {
        place.current = { stick: false, element: divider, top: 8, shownNew: true };
      }
    }
    keepPlace();
  });
  useEffect(() => {
    const observer = new ResizeObserver(keepPlace);
    observer.observe(scroller.current!);
    observer.observe(list.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    // Fills the screen with what was before.
    if (scroller.current!.scrollHeight <= scroller.current!.clientHeight + 200) readBack();
  });
  useEffect(() => {
    const read = () => {
      if (unread && place.current.stick && document.visibilityState === 'visible') session.markRead();
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [unread, atEnd]);

  const toEnd = () => {
    place.current.stick = true;
    keepPlace();
    setAtEnd(true);
  };
  const lastMine = rows.findLast(row => row.kind === 'entry' && row.entry.mine && row.entry.status !== 'sending' && row.entry.status !== 'failed');

  return (
    <div class="reading">
      <div ref={scroller} class="scroller" role="log" aria-live="off" aria-label={texts.messages} tabIndex={0} onScroll={scrolled}>
        <div ref={list} class="list">
          {!hasEarlier && !more && <Intro key="intro" />}
          {loading && rows.length === 0 && <Skeleton key="skeleton" label={texts.loading} />}
          {rows.map(row =>
            row.kind === 'entry' ? (
              <EntryView
                key={row.key} entry={row.entry} section={row.section} first={row.first} last={row.last} showStatus={row === lastMine}
                author={names.get(row.entry.from.id) ?? texts.team} picture={pictures.get(row.entry.from.id) ?? null}
              />
            ) : (
              <Divider key={row.key} row={row} />
            ),
          )}
          <QuickReplyBar key="replies" row={lastRow?.kind === 'entry' ? lastRow : null} />
          <WaitingNote key="waiting" />
          <Typing key="typing" />
          <Rating key="rating" />
          {ended && <p key="again" class="again">{texts.again}</p>}
        </div>
      </div>
      {!atEnd && (
        <button type="button" class={unread ? 'pill new-pill' : 'pill'} onClick={toEnd} aria-label={unread ? texts.plural(texts.newBelow, unread) : texts.latest}>
          {unread > 0 && <span>{texts.plural(texts.newBelow, unread)}</span>}
          <Icon name="down" size={16} />
        </button>
      )}
    </div>
  );
}

function Divider({ row }: { row: Exclude<Row, { kind: 'entry' }> }) {
  const { session, texts } = useSurroundings();
  if (row.kind === 'new') return <div class="divider new"><span>{texts.newDivider}</span></div>;
  if (row.kind === 'ended') return <div class="divider"><span>{texts.ended}</span></div>;
  return <div class="divider"><span>{texts.day(row.at, session.client.peek()?.now() ?? Date.now())}</span></div>;
}

const Skeleton = ({ label }: { label: string }) => (
  <div class="skeleton" role="img" aria-label={label}><i /><i /><i /></div>
);

/** By halves: the children lie one below the other. */
function firstVisible(list: HTMLElement, top: number): HTMLElement | null {
  const { children } = list;
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const child = children[middle] as HTMLElement;
    if (child.offsetTop + child.offsetHeight > top) high = middle;
    else low = middle + 1;
  }
  return (children[low] as HTMLElement | undefined) ?? null;
}
