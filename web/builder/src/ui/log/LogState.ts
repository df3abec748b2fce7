import { computed, signal } from '@preact/signals';
import type { Bench } from '../../Bench';
import type { RecordedConnection, Recording } from '../../export/recording';
import { Filter, type Wanted } from '../../frames/Filter';
import type { Frame, FrameKind } from '../../frames/frame';
import { allKinds } from './kinds';

/** Which frames are shown, and which are being recorded. */
export class LogState {
  readonly words = signal('');
  readonly connection = signal<string | null>(null);
  readonly kinds = signal<ReadonlySet<FrameKind>>(new Set(allKinds));
  readonly keepAlives = signal(false);
  /** The last frame shown while the log stands still, or null. */
  readonly pausedAt = signal<number | null>(null);
  readonly expanded = signal<ReadonlySet<number>>(new Set());
  /** The first and, when it has ended, the last frame of the recording. */
  readonly recording = signal<{ readonly from: number; readonly to: number | null } | null>(null);

  readonly wanted = computed<Wanted>(() => ({ words: this.words.value, connection: this.connection.value, kinds: this.kinds.value, keepAlives: this.keepAlives.value }));

  readonly shown = computed<readonly Frame[]>(() => {
    void this.bench.log.version.value;
    const kept = this.filter.apply(this.bench.log.frames, this.wanted.value);
    const last = this.pausedAt.value;
    return last === null ? kept : kept.filter(({ number }) => number <= last);
  });

  readonly recorded = computed<readonly Frame[]>(() => {
    void this.bench.log.version.value;
    const range = this.recording.value;
    return range ? this.bench.log.frames.filter(({ number, kind, isKeepAlive }) => number >= range.from && number <= (range.to ?? Infinity) && kind !== 'note' && !isKeepAlive) : [];
  });

  private readonly filter = new Filter();
  private readonly bench: Bench;
  private readonly seen = new Map<string, RecordedConnection>();

  constructor(bench: Bench) {
    this.bench = bench;
  }

  toggleKind(kind: FrameKind): void {
    const next = new Set(this.kinds.peek());
    if (!next.delete(kind)) next.add(kind);
    this.kinds.value = next;
  }

  toggle(number: number): void {
    const next = new Set(this.expanded.peek());
    if (!next.delete(number)) next.add(number);
    this.expanded.value = next;
  }

  togglePause(): void {
    this.pausedAt.value = this.pausedAt.peek() === null ? this.lastNumber() : null;
  }

  record(): void {
    this.recording.value = { from: this.lastNumber() + 1, to: null };
  }

  stopRecording(): void {
    const range = this.recording.peek();
    if (range) this.recording.value = { ...range, to: this.lastNumber() };
  }

  clear(): void {
    this.bench.log.clear();
    this.expanded.value = new Set();
    if (this.pausedAt.peek() !== null) this.pausedAt.value = Infinity;
    if (this.recording.peek()?.to !== null) this.recording.value = null;
  }

  /** The recording, or all there is when nothing was recorded. Connections that were removed since are remembered. */
  toSave(): Recording {
    for (const { id, options } of this.bench.connections.peek()) this.seen.set(id, { id, side: options.side, version: options.version });
    const frames = this.recording.peek() ? this.recorded.peek() : this.bench.log.frames.filter(({ kind, isKeepAlive }) => kind !== 'note' && !isKeepAlive);
    return { frames, connections: [...this.seen.values()] };
  }

  private lastNumber(): number {
    return this.bench.log.frames.at(-1)?.number ?? 0;
  }
}
