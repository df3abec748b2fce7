import { Tabs } from '@parley/ui';
import type { ComponentChildren } from 'preact';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

export interface PaneContents {
  readonly left: (show: (pane: PaneId) => void) => ComponentChildren;
  readonly middle: ComponentChildren;
  readonly right: ComponentChildren;
}

export type PaneId = 'messages' | 'build' | 'frames';

const narrow = matchMedia('(max-width: 899px)');

/** Three panes side by side whose borders can be moved; on a narrow screen one at a time, behind tabs. */
export function Panes({ left, middle, right }: PaneContents) {
  const isNarrow = useSignal(narrow.matches);
  const shown = useSignal<PaneId>('messages');
  const first = useSignal(240);
  const last = useSignal(Math.max(380, Math.round(innerWidth * 0.33)));
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const change = () => (isNarrow.value = narrow.matches);
    narrow.addEventListener('change', change);
    return () => narrow.removeEventListener('change', change);
  }, []);

  if (isNarrow.value) {
    return (
      <div class="b-narrow">
        <Tabs
          label="Parts of the builder"
          class="b-narrow-tabs"
          selected={shown.value}
          onSelect={id => (shown.value = id)}
          tabs={[
            { id: 'messages', label: 'Messages' },
            { id: 'build', label: 'Build' },
            { id: 'frames', label: 'Frames' },
          ]}
        >
          {shown.value === 'messages' ? left(id => (shown.value = id)) : shown.value === 'build' ? middle : right}
        </Tabs>
      </div>
    );
  }
  const width = grid.current?.clientWidth ?? innerWidth;
  return (
    <div class="b-panes" ref={grid} style={{ gridTemplateColumns: `${first.value}px 1px minmax(0, 1fr) 1px ${last.value}px` }}>
      {left(() => undefined)}
      <Border label="Width of the messages" value={first.value} min={180} max={360} onChange={value => (first.value = value)} />
      {middle}
      <Border label="Width of the frames" value={last.value} min={320} max={Math.max(400, width - first.value - 420)} from="right" onChange={value => (last.value = value)} />
      {right}
    </div>
  );
}

interface BorderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly from?: 'left' | 'right';
  onChange(value: number): void;
}

/** Moved by dragging it, or with the arrow keys. */
function Border({ label, value, min, max, from = 'left', onChange }: BorderProps) {
  const to = (next: number) => onChange(Math.max(min, Math.min(max, next)));
  const sign = from === 'left' ? 1 : -1;
  return (
    <div
      class="b-border"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onKeyDown={event => {
        const step = { ArrowRight: 16, ArrowLeft: -16 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        to(value + step * sign);
      }}
      onPointerDown={event => {
        const border = event.currentTarget;
        const start = event.clientX;
        border.setPointerCapture(event.pointerId);
        border.onpointermove = move => to(value + (move.clientX - start) * sign);
        border.onpointerup = border.onpointercancel = () => (border.onpointermove = null);
      }}
    />
  );
}
