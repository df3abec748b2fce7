import { computed, signal } from '@preact/signals-core';
import { each, follow, h, onEnd, when } from '../dom/h';
import { toRows, type EntryRow, type Row } from '../model/rows';
import type { Context } from './context';
import { icon } from './icon';
import { message } from './message';
import { intro, typing, waitingNote } from './notes';
import { quickReplies } from './quickReplies';
import { rating } from './rating';

const page = 80;

/**
 * The newest messages; more are shown as one reads back. Who is at the end stays at the end; who reads elsewhere keeps his
 * place, whatever comes above or below.
 */
export function timeline(context: Context): Element {
  const { session, texts } = context;
  const limit = signal(page);
  const atEnd = signal(true);
  const content = computed(() => toRows(session.sections.value, session.newSince.value, limit.value));
  const rows = computed(() => content.value.rows);
  const entries = computed(() => rows.value.filter(row => row.kind === 'entry'));
  const lastEntry = computed(() => entries.value.at(-1));
  const lastMine = computed(() => entries.value.findLast(({ entry }) => entry.mine && entry.sequence !== null)?.key);
  const ended = computed(() => !!session.conversation.value && !session.conversation.value.mainOpen && !session.survey.value);
  /** What stays where it is while things change around it; null: the end does. */
  let anchor: HTMLElement | null = null;
  let anchorTop = 0;

  const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 48;
  const keepPlace = () => {
    if (!anchor?.isConnected) scroller.scrollTop = scroller.scrollHeight;
    else scroller.scrollTop += anchor.offsetTop - scroller.scrollTop - anchorTop;
    // What fits leaves nothing to scroll, so nobody else would say so.
    if (scroller.clientHeight && isAtEnd()) {
      anchor = null;
      atEnd.value = true;
    }
    readBack();
  };
  const scrolled = () => {
    const isEnd = isAtEnd();
    anchor = isEnd ? null : firstVisible(list, scroller.scrollTop);
    anchorTop = anchor ? anchor.offsetTop - scroller.scrollTop : 0;
    atEnd.value = isEnd;
    readBack();
  };
  const toEnd = () => {
    anchor = null;
    atEnd.value = true;
    keepPlace();
  };
  const readBack = () => {
    if (scroller.scrollTop > 400 || session.loading.value) return;
    if (content.value.more) limit.value += page;
    else session.showEarlier();
  };
  const read = () => {
    if (session.unread.value && atEnd.value && session.settled.value && document.visibilityState === 'visible') session.markRead();
  };

  const list = h('div', { class: 'list' },
    when(() => !session.hasEarlier.value && !content.value.more, () => intro(context)),
    when(() => session.loading.value && !rows.value.length, () => h('div', { class: 'skeleton', role: 'img', 'aria-label': texts.loading }, h('i'), h('i'), h('i'))),
    each(() => rows.value, row => row.key, row =>
      row.value.kind === 'entry' ? message(context, row as never, () => row.value.key === lastMine.value) : divider(context, row.value as never)),
    quickReplies(context, () => lastEntry.value),
    waitingNote(context),
    typing(context),
    rating(context),
    when(() => ended.value, () => h('p', { class: 'again' }, texts.again)));
  const scroller = h('div', { class: 'scroller', role: 'log', 'aria-live': 'off', 'aria-label': texts.messages, tabindex: 0, onscroll: scrolled }, list);

  // What one sends is seen. What comes below while one reads back takes nothing away above.
  let lastKey: string | undefined;
  follow(() => {
    const { value: last } = lastEntry;
    if (last?.entry.mine && last.key !== lastKey) anchor = null;
    const before = entries.value.findLastIndex(row => row.key === lastKey);
    if (anchor && before >= 0) limit.value += entries.value.length - 1 - before;
    lastKey = last?.key;
  });
  // Unread that fit are read from the end; else one begins to read where they begin.
  follow(() => {
    if (!session.newSince.value) return;
    const start = list.querySelector<HTMLElement>('.new');
    if (!start || scroller.scrollHeight - start.offsetTop < scroller.clientHeight) return;
    anchor = start;
    anchorTop = 8;
    atEnd.value = false;
  });
  follow(read);
  const observer = new ResizeObserver(keepPlace);
  observer.observe(scroller);
  observer.observe(list);
  document.addEventListener('visibilitychange', read);
  onEnd(() => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', read);
  });

  const below = () => session.unread.value && texts.plural(texts.newBelow, session.unread.value);
  return h('div', { class: 'reading' },
    scroller,
    when(() => !atEnd.value, () =>
      h('button', { type: 'button', class: () => (below() ? 'pill new-pill' : 'pill'), 'aria-label': () => below() || texts.latest, onclick: toEnd },
        h('span', {}, () => below() || ''), icon('down', 16))));
}

function divider({ session, texts }: Context, row: Exclude<Row, EntryRow>): Element {
  const words = row.kind === 'new' ? texts.newDivider : row.kind === 'ended' ? texts.ended : texts.day(row.at, session.now());
  return h('div', { class: `divider ${row.kind}` }, h('span', {}, words));
}

/** By halves: the children lie one below the other. */
function firstVisible({ children }: Element, top: number): HTMLElement | null {
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
