import { signal, type ReadonlySignal } from '@preact/signals-core';
import { backoff } from '../connection/backoff';
import type { FeedSnapshot } from './routing';

const LONGEST_SILENCE = 40_000;

/** `ended`: the bearer is refused or its role is not enough. */
export type FeedState = 'connecting' | 'live' | 'lost' | 'ended';

/** Queue and agents, told by the server after each change; connects again by itself until it is closed. */
export class RoutingFeed {
  readonly #open: (abort: AbortSignal) => Promise<Response>;
  readonly #snapshot = signal<FeedSnapshot | null>(null);
  readonly #state = signal<FeedState>('connecting');
  #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #isClosed = false;

  constructor(open: (abort: AbortSignal) => Promise<Response>) {
    this.#open = open;
    globalThis.addEventListener?.('online', this.#again);
    globalThis.document?.addEventListener('visibilitychange', this.#again);
    void this.#run();
  }

  /** The newest, also while the connection is lost. */
  get snapshot(): ReadonlySignal<FeedSnapshot | null> {
    return this.#snapshot;
  }

  get state(): ReadonlySignal<FeedState> {
    return this.#state;
  }

  close(): void {
    this.#isClosed = true;
    globalThis.removeEventListener?.('online', this.#again);
    globalThis.document?.removeEventListener('visibilitychange', this.#again);
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  #again = (): void => {
    if (this.#state.value !== 'lost' || globalThis.document?.visibilityState === 'hidden') return;
    clearTimeout(this.#timer);
    void this.#run();
  };

  async #run(): Promise<void> {
    const abort = (this.#abort = new AbortController());
    if (this.#state.value === 'lost') this.#state.value = 'connecting';
    let isOver = false;
    try {
      const response = await this.#open(abort.signal);
      isOver = response.status === 401 || response.status === 403 || response.status === 404;
      if (response.ok && response.body) await this.#read(response.body.getReader(), abort);
    } catch {
      // The network, or our own end of it.
    }
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#state.value = isOver ? 'ended' : 'lost';
    if (!isOver) this.#timer = setTimeout(() => void this.#run(), 500 + backoff(this.#attempts++));
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>, abort: AbortController): Promise<void> {
    const decoder = new TextDecoder();
    for (let rest = ''; ; ) {
      // Something comes at least every 15 seconds.
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => abort.abort(), LONGEST_SILENCE);
      const { done, value } = await reader.read();
      if (done) return;
      const events = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = events.pop()!;
      // Each has all there is to know.
      const newest = events.findLast(event => event.startsWith('event: snapshot\n'));
      if (!newest) continue;
      this.#snapshot.value = JSON.parse(newest.slice(newest.indexOf('\ndata: ') + 7)) as FeedSnapshot;
      this.#state.value = 'live';
      this.#attempts = 0;
    }
  }
}
