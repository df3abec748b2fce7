import { Icon } from '@parley/ui';
import { memo } from 'preact/compat';
import type { Frame } from '../../frames/frame';
import { preview } from '../../frames/preview';
import { explain } from '../../frames/explain';
import { FrameDetail } from './FrameDetail';
import { kinds } from './kinds';

export interface FrameRowProps {
  readonly frame: Frame;
  readonly isOpen: boolean;
  readonly tabIndex: 0 | -1;
  onToggle(number: number): void;
}

/** A frame in the log: one line, and all about it when it is opened. */
export const FrameRow = memo(function FrameRow({ frame, isOpen, tabIndex, onToggle }: FrameRowProps) {
  const kind = kinds[frame.kind].label;
  const { problems, summary } = explain(frame);
  return (
    <div class={`b-frame is-${frame.kind} ${isOpen ? 'is-open' : ''}`}>
      <button type="button" class="b-frame-line" tabIndex={tabIndex} aria-expanded={isOpen} data-tip={frame.kind === 'note' ? undefined : summary} onClick={() => onToggle(frame.number)}>
        <span class="b-frame-top">
          <span class="b-frame-kind">
            <Icon name={frame.kind === 'note' ? 'link' : frame.isSent ? 'arrowRight' : 'arrowLeft'} size={12} /> {kind}
          </span>
          <span class="b-frame-type">{frame.type ?? (frame.kind === 'note' ? frame.text : 'no type')}</span>
          {frame.code !== null && frame.connection !== 'HTTP' && <span class="b-frame-code">{frame.code}</span>}
          {problems.length > 0 && (
            <span class="b-frame-deviates">
              <Icon name="alert" size={12} />
              <span class="ui-hidden">{`${problems.length} deviations from the schema`}</span>
              <span aria-hidden="true">{problems.length}</span>
            </span>
          )}
        </span>
        <span class="b-frame-bottom">
          <span class="b-frame-who">{frame.connection}</span>
          <span class="b-frame-preview">{frame.kind === 'note' ? '' : preview(frame)}</span>
          {frame.latency !== null && <span class="b-frame-latency">{milliseconds(frame.latency)}</span>}
          {frame.bytes > 0 && <span class="b-frame-size">{size(frame.bytes)}</span>}
          <time class="b-frame-time" dateTime={new Date(frame.at).toISOString()}>
            {exactTime(frame.at)}
          </time>
        </span>
      </button>
      {isOpen && <FrameDetail frame={frame} />}
    </div>
  );
});

export function milliseconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} ms` : value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

function size(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}

function exactTime(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
