import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useId } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import type { Hour } from '../model/day';
import { barPath, linePath, slotAt, slotOf, yOf, type Frame, type Scale } from '../model/plot';

export interface PlotProps {
  readonly title: string;
  /** What stands beside the title while no hour is looked at. */
  readonly summary: string;
  readonly hours: readonly Hour[];
  readonly of: (hour: Hour) => number | null;
  readonly format: (value: number | null) => string;
  readonly tick: (value: number) => string;
  readonly scale: (highest: number) => Scale;
  readonly shape: 'bars' | 'line';
  /** The hour that is looked at, in all plots of the day together. */
  readonly looked: Signal<number | null>;
}

const height = 128;

/** Values over a day. The pointer and the arrow keys show each; a table with the same stands behind it. */
export function Plot({ title, summary, hours, of, format, tick, scale: scaleOf, shape, looked }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [width, setWidth] = useState(280);
  useLayoutEffect(() => {
    const element = box.current!;
    const observer = new ResizeObserver(() => setWidth(Math.max(160, Math.round(element.clientWidth))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const values = hours.map(of);
  const known = values.map((value, index) => ({ value, index })).filter((one) => one.value !== null);
  const scale = scaleOf(Math.max(0, ...known.map((one) => one.value!)));
  const frame: Frame = { width, height, left: 34, right: 4, top: 8, bottom: 20 };
  const count = hours.length;
  const at = looked.value !== null && looked.value < count ? looked.value : null;
  const hour = at === null ? null : hours[at]!;
  const last = Math.max(0, hours.findIndex((one) => one.current));
  const words = (of: Hour, value: number | null) => `${of.name} to ${endOf(hours, of)}: ${value === null ? 'no figure' : format(value)}`;

  const look = (index: number) => (looked.value = index < 0 ? null : Math.min(index, count - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    const from = at ?? last;
    const to = { ArrowRight: from + 1, ArrowUp: from + 1, ArrowLeft: from - 1, ArrowDown: from - 1, Home: 0, End: last }[event.key];
    if (event.key === 'Escape') looked.value = null;
    if (to === undefined) return;
    event.preventDefault();
    look(Math.max(0, Math.min(to, count - 1)));
  };

  return (
    <figure class="mgr-plot" aria-labelledby={`${id}-title`}>
      <figcaption class="mgr-plot-head">
        <h3 id={`${id}-title`}>{title}</h3>
        <span class={`mgr-plot-value ${hour === null ? '' : 'is-looked'}`}>
          {hour === null ? summary : (
            <>
              <span class="mgr-plot-hour">{hour.name}</span> {of(hour) === null ? 'no figure' : format(of(hour))}
            </>
          )}
        </span>
      </figcaption>
      <div
        ref={box}
        class="mgr-plot-box"
        role="slider"
        tabIndex={0}
        aria-label={`${title}, hour by hour`}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={count - 1}
        aria-valuenow={at ?? last}
        aria-valuetext={words(hours[at ?? last]!, values[at ?? last] ?? null)}
        onKeyDown={onKeyDown}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && at === null && look(last)}
        onBlur={() => (looked.value = null)}
        onPointerMove={(event) => look(slotAt(frame, event.clientX - event.currentTarget.getBoundingClientRect().left, count))}
        onPointerLeave={() => (looked.value = null)}
      >
        <svg width={width} height={height} aria-hidden="true" focusable="false">
          {scale.ticks.map((value) => (
            <g key={value}>
              <line class={value === 0 ? 'mgr-plot-floor' : 'mgr-plot-grid'} x1={frame.left} x2={width - frame.right} y1={yOf(frame, value, scale)} y2={yOf(frame, value, scale)} />
              <text class="mgr-plot-text" x={frame.left - 6} y={yOf(frame, value, scale) + 4} text-anchor="end">
                {tick(value)}
              </text>
            </g>
          ))}
          {hours.map((one, index) => {
            const slot = slotOf(frame, index, count);
            return index % 6 === 0 || index === count - 1 ? (
              index % 6 === 0 && (
                <text key={one.start} class="mgr-plot-text" x={slot.x} y={height - 4}>
                  {one.name}
                </text>
              )
            ) : null;
          })}
          {at !== null && <rect class="mgr-plot-looked" x={slotOf(frame, at, count).x} width={slotOf(frame, at, count).width} y={frame.top} height={height - frame.top - frame.bottom} />}
          {shape === 'bars' ? (
            known.map(({ value, index }) => (
              <path key={index} class={`mgr-plot-bar ${hours[index]!.current ? 'is-current' : ''}`} d={barPath(frame, index, value!, count, scale)} />
            ))
          ) : (
            <>
              <path class="mgr-plot-line" d={linePath(frame, values, count, scale)} />
              {known.map(({ value, index }) => {
                const slot = slotOf(frame, index, count);
                return <circle key={index} class={`mgr-plot-dot ${hours[index]!.current ? 'is-current' : ''}`} cx={slot.x + slot.width / 2} cy={yOf(frame, value!, scale)} r={index === at ? 4 : 2.5} />;
              })}
            </>
          )}
        </svg>
      </div>
      <table class="ui-hidden">
        <caption>{title} by hour</caption>
        <thead>
          <tr>
            <th scope="col">Hour</th>
            <th scope="col">{title}</th>
          </tr>
        </thead>
        <tbody>
          {hours.slice(0, last + 1).map((one, index) => (
            <tr key={one.start}>
              <th scope="row">{one.name}</th>
              <td>{values[index] === null ? 'no figure' : format(values[index]!)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

const endOf = (hours: readonly Hour[], hour: Hour): string => hours[hours.indexOf(hour) + 1]?.name ?? '24:00';
