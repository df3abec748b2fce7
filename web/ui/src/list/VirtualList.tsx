import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Heights } from './Heights';
import { RowMeasure } from './RowMeasure';

export interface RowPlace {
  readonly index: number;
  /** For the row's own control, so that Tab stops once in the whole list. */
  readonly tabIndex: 0 | -1;
}

export interface VirtualListHandle {
  /** `nearest` moves only when the row is not wholly visible. */
  scrollTo(key: string, where?: 'start' | 'nearest'): void;
  scrollToEnd(): void;
  /** The row's control, scrolled into view. */
  focus(key: string): void;
}

export interface VirtualListProps<T> {
  readonly items: readonly T[];
  keyOf(item: T): string;
  /** Draws one row; a memoised component that gets the item makes an update cost only what changed. */
  render(item: T, place: RowPlace): ComponentChildren;
  /** Height of a row that was never on the screen. */
  readonly estimate: number;
  readonly label: string;
  /** In a `feed` the rows are focusable articles; in a `list` they are items whose first control has the focus. */
  readonly role?: 'list' | 'feed';
  /** `end` starts at the end and stays there while the reader is there. */
  readonly anchor?: 'start' | 'end';
  /** Shown first, near the top, instead of the anchor's end. */
  readonly initialKey?: string | null;
  /** Where Tab enters. */
  readonly activeKey?: string | null;
  readonly class?: string;
  readonly handle?: RefObject<VirtualListHandle | null>;
  onAtEnd?(atEnd: boolean): void;
  /** The first and last row that are visible. */
  onVisible?(first: T, last: T): void;
}

const extra = 320;

/** Draws only the rows near the window; what the reader looks at stays where it is when rows come, go or change above it. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, keyOf, render, estimate, label, role = 'list', anchor = 'start', activeKey, class: more } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [, redraw] = useState(0);
  const self = useRef<State | null>(null);
  self.current ??= { heights: new Heights(() => estimate), top: 0, height: 800, padding: 0, hold: null, stick: anchor === 'end', atEnd: true, from: 0, to: 0, placed: false, wants: null };
  const state = self.current;
  const keys = items.map(keyOf);
  state.heights.setKeys(keys);

  if (!state.placed && items.length > 0) {
    state.placed = true;
    if (props.initialKey != null && state.heights.indexOf(props.initialKey) >= 0) {
      state.stick = false;
      state.hold = { key: props.initialKey, delta: -72 };
    }
  }
  const total = state.heights.total;
  const end = Math.max(0, total + state.padding - state.height);
  const target = state.stick ? end : held(state);
  if (target !== null) state.top = Math.max(0, Math.min(target, end));
  const { from, to } = state.heights.range(state.top, state.height, extra);
  state.from = from;
  state.to = to;
  const enters = activeKey != null && state.heights.indexOf(activeKey) >= 0 ? activeKey : keys[state.heights.indexAt(state.top)];

  const look = (element: HTMLDivElement) => {
    if (element.clientHeight === 0) return;
    // Nobody has scrolled: it became another size, and shows the same as before when it is drawn again.
    if (element.clientHeight !== state.height) {
      state.height = element.clientHeight;
      redraw((count) => count + 1);
      return;
    }
    state.top = element.scrollTop;
    const atEnd = element.scrollHeight - state.top - state.height < 32;
    state.stick = anchor === 'end' && atEnd;
    const first = state.heights.indexAt(state.top);
    // At the very top of a list, what comes new on top is to be seen.
    state.hold = state.top <= 0 && anchor === 'start' ? null : keys[first] === undefined ? null : { key: keys[first]!, delta: state.top - state.heights.offset(first) };
    if (atEnd !== state.atEnd) {
      state.atEnd = atEnd;
      props.onAtEnd?.(atEnd);
    }
    const last = items[state.heights.indexAt(state.top + state.height - 1)];
    if (items[first] !== undefined && last !== undefined) props.onVisible?.(items[first], last);
    const range = state.heights.range(state.top, state.height, extra);
    if (range.from !== state.from || range.to !== state.to) redraw((count) => count + 1);
  };
  const lookNow = useRef(look);
  lookNow.current = look;

  const measure = useRef<RowMeasure | null>(null);
  measure.current ??= new RowMeasure((rows) => {
    let changed = false;
    for (const [key, height] of rows) changed = state.heights.measured(key, height) || changed;
    if (changed) redraw((count) => count + 1);
  });

  useLayoutEffect(() => {
    const { paddingTop, paddingBottom } = getComputedStyle(scroller.current!);
    state.padding = (parseFloat(paddingTop) || 0) + (parseFloat(paddingBottom) || 0);
    if (state.padding > 0) redraw((count) => count + 1);
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current!;
    const wanted = state.wants;
    if (wanted !== null) {
      const control = rowOf(element, wanted);
      if (control !== null) {
        state.wants = null;
        control.focus({ preventScroll: true });
      }
    }
    if (target !== null && Math.abs(element.scrollTop - state.top) >= 1) element.scrollTop = state.top;
    lookNow.current(element);
  });

  useEffect(() => {
    const element = scroller.current!;
    const size = new ResizeObserver(() => lookNow.current(element));
    size.observe(element);
    return () => {
      size.disconnect();
      measure.current?.stop();
    };
  }, []);

  const scrollTo = (key: string, where: 'start' | 'nearest' = 'nearest') => {
    const element = scroller.current;
    const index = state.heights.indexOf(key);
    if (element === null || index < 0) return;
    const start = state.heights.offset(index);
    const end = state.heights.offset(index + 1);
    if (where === 'start' || start < element.scrollTop) element.scrollTop = Math.max(0, start - (where === 'start' ? 72 : 8));
    else if (end > element.scrollTop + element.clientHeight) element.scrollTop = end - element.clientHeight + 8;
  };
  const focus = (key: string) => {
    scrollTo(key);
    const control = scroller.current && rowOf(scroller.current, key);
    if (control) control.focus({ preventScroll: true });
    else state.wants = key;
  };
  if (props.handle)
    props.handle.current = {
      scrollTo,
      focus,
      scrollToEnd: () => {
        state.stick = anchor === 'end';
        if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
      },
    };

  const move = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const key = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset.row;
    const at = key === undefined ? -1 : state.heights.indexOf(key);
    if (at < 0 || (event.target as Element).matches('input, textarea, select')) return;
    const page = Math.max(1, Math.floor(state.height / estimate) - 1);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: keys.length - 1, PageDown: at + page, PageUp: at - page }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    focus(keys[Math.max(0, Math.min(to, keys.length - 1))]!);
  };

  return (
    <div ref={scroller} class={`ui-virtual ${more ?? ''}`} onScroll={(event) => look(event.currentTarget)} onKeyDown={move}>
      <div role={role} aria-label={label} class="ui-virtual-space" style={{ height: `${total}px` }}>
        {items.slice(from, to).map((item, offset) => {
          const index = from + offset;
          const key = keys[index]!;
          const tabIndex = key === enters ? 0 : -1;
          return (
            <div
              key={key}
              ref={measure.current!.row(key)}
              data-row={key}
              class="ui-virtual-row"
              role={role === 'feed' ? 'article' : 'listitem'}
              tabIndex={role === 'feed' ? tabIndex : undefined}
              aria-posinset={index + 1}
              aria-setsize={items.length}
              style={{ transform: `translateY(${state.heights.offset(index)}px)` }}
            >
              {render(item, { index, tabIndex })}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface State {
  readonly heights: Heights;
  top: number;
  height: number;
  /** Above and below the rows together. */
  padding: number;
  /** The row that stays where it is, and how far the window's top is below its top. */
  hold: { readonly key: string; readonly delta: number } | null;
  stick: boolean;
  atEnd: boolean;
  from: number;
  to: number;
  placed: boolean;
  /** Gets the focus as soon as it is drawn. */
  wants: string | null;
}

function held(state: State): number | null {
  if (state.hold === null) return null;
  const index = state.heights.indexOf(state.hold.key);
  return index < 0 ? null : state.heights.offset(index) + state.hold.delta;
}

function rowOf(scroller: HTMLElement, key: string): HTMLElement | null {
  const row = scroller.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);
  return row === null || row.hasAttribute('tabindex') ? row : row.querySelector<HTMLElement>('a, button, [tabindex]');
}
