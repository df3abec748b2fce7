import { signal } from '@preact/signals-core';
import type { ConnectionState } from '../model/connectionState';
import { number, object, type Wire } from '../wire/read';
import { backoff, delay } from './backoff';
import { Channel, type RequestOptions } from './channel';
import { isTemporary, lost, RequestError } from './requestError';
import { showAll } from './turn';

/** Something that is followed on the server: brought up to date on every new connection. */
export interface Feed {
  /** Resolves when it has caught up, or cannot: then it says so itself. Rejects only when the connection is lost. */
  resume(channel: Channel): Promise<void>;
  /** The connection is gone. */
  lost(): void;
}

export interface Dialling {
  socket(url: string): WebSocket;
  /** Where to; `renew`: the identity was refused. Rejects with a lasting {@link RequestError} when there is none. */
  address(renew: boolean): Promise<string>;
  /** Introduces itself on the open socket. */
  greet(channel: Channel): Promise<void>;
  /** Whether a socket that never opened was refused for its identity, which browsers do not tell. */
  isRefused(): Promise<boolean>;
  notified(type: string, body: Wire): void;
  /** After every feed has caught up. */
  online(): void;
}

const OPEN_TIMEOUT = 15_000;
const HEARTBEAT = 5_000;
const QUIET = 30_000;
const SLEEP = 15_000;
const ANSWER_TIMEOUT = 10_000;
const STABLE = 10_000;
const IDENTITY_CODES = new Set([4401, 4407, 1008, 1011]);

/** Keeps one connection: back-off, renewal of the identity, discovery of dead sockets, feeds that catch up. */
export class Connection {
  readonly #dialling: Dialling;
  readonly state = signal<ConnectionState>({ kind: 'connecting', since: null });
  readonly #feeds = new Set<Feed>();
  #resuming: Promise<void>[] = [];
  #channel: Channel | null = null;
  #greeted = false;
  #waiting: { resolve: (channel: Channel) => void; reject: (error: RequestError) => void }[] = [];
  #isStarted = false;
  #attempts = 0;
  /** Counts attempts to connect; what an earlier one still brings is of no interest. */
  #round = 0;
  #lostAt: number | null = null;
  #onlineAt: number | null = null;
  #renewals = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #beatAt = 0;
  #isChecking = false;
  #offset = 0;

  constructor(dialling: Dialling) {
    this.#dialling = dialling;
  }

  /** The socket once it is introduced, else null. */
  get channel(): Channel | null {
    return this.#greeted ? this.#channel : null;
  }

  get isOnline(): boolean {
    return this.state.value.kind === 'online';
  }

  now(): number {
    return Date.now() + this.#offset;
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#attempts = this.#renewals = 0;
    this.#lostAt = null;
    this.#watch('addEventListener');
    void this.#dial(false);
  }

  end(reason: 'signed-out' | 'identity' | 'stopped'): void {
    this.#isStarted = false;
    this.#round++;
    clearTimeout(this.#retry);
    this.#watch('removeEventListener');
    this.#hangUp();
    for (const { reject } of this.#waiting.splice(0)) reject(lost());
    this.state.value = { kind: 'ended', reason };
  }

  retryNow = (): void => {
    if (!this.#isStarted) return;
    if (this.state.value.kind === 'offline') {
      clearTimeout(this.#retry);
      void this.#dial(false);
    } else if (this.#greeted) {
      void this.#check();
    }
  };

  add(feed: Feed): void {
    this.#feeds.add(feed);
    if (!this.channel) return;
    const resumed = feed.resume(this.channel);
    if (this.isOnline) resumed.catch(() => {});
    else this.#resuming.push(resumed);
  }

  remove(feed: Feed): void {
    this.#feeds.delete(feed);
  }

  /** The next introduced socket. */
  ready(): Promise<Channel> {
    if (this.channel) return Promise.resolve(this.channel);
    if (this.state.value.kind === 'ended') return Promise.reject(lost());
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  async #dial(renew: boolean): Promise<void> {
    const round = ++this.#round;
    const isCurrent = () => round === this.#round;
    this.state.value = { kind: 'connecting', since: this.#lostAt };
    let url: string;
    try {
      url = await this.#dialling.address(renew);
    } catch (error) {
      if (isCurrent()) error instanceof RequestError && !isTemporary(error) ? this.end('identity') : this.#fail();
      return;
    }
    if (!isCurrent()) return;
    let hasOpened = false;
    let timeout: ReturnType<typeof setTimeout> | undefined;
    try {
      const channel = new Channel(
        this.#dialling.socket(url),
        () => {
          hasOpened = true;
          void this.#greet(channel, timeout);
        },
        (type, body) => this.#dialling.notified(type, body),
        code => {
          clearTimeout(timeout);
          if (this.#channel === channel) void this.#ended(code, hasOpened);
        },
      );
      this.#channel = channel;
      timeout = setTimeout(() => channel.end(), OPEN_TIMEOUT);
    } catch {
      this.#fail();
    }
  }

  async #greet(channel: Channel, timeout: ReturnType<typeof setTimeout> | undefined): Promise<void> {
    try {
      const greeted = this.#dialling.greet(channel);
      const asked = Date.now();
      const clock = channel.request('GetClock').then(answer => this.#tell(answer, asked));
      await Promise.all([greeted, clock]);
      clearTimeout(timeout);
      this.#greeted = true;
      this.#beatAt = Date.now();
      this.#beat = setInterval(() => this.#pulse(), HEARTBEAT);
      for (const { resolve } of this.#waiting.splice(0)) resolve(channel);
      this.#resuming = [...this.#feeds].map(feed => feed.resume(channel));
      // What catches up may bring others that are to be followed.
      while (this.#resuming.length > 0) await Promise.all(this.#resuming.splice(0));
      if (this.#channel !== channel) return;
      this.#renewals = 0;
      this.#lostAt = null;
      this.#onlineAt = Date.now();
      showAll();
      this.state.value = { kind: 'online' };
      this.#dialling.online();
    } catch (error) {
      // Refused in words before it is closed for it; else the socket's end tells more.
      if (error instanceof RequestError && error.code === 401) channel.end(4401);
      else channel.end();
    }
  }

  async #ended(code: number, hasOpened: boolean): Promise<void> {
    const round = ++this.#round;
    this.#hangUp();
    if (this.#onlineAt !== null && Date.now() - this.#onlineAt >= STABLE) this.#attempts = 0;
    this.#onlineAt = null;
    this.#lostAt ??= Date.now();
    const wasRefused = IDENTITY_CODES.has(code) || (!hasOpened && (await this.#dialling.isRefused()));
    if (round !== this.#round) return;
    if (wasRefused) this.#renewals++;
    if (wasRefused && this.#renewals === 1) {
      void this.#dial(true);
    } else if (wasRefused && (code === 4401 || code === 4407 || !hasOpened) && this.#renewals > 2) {
      // Renewed, and refused again and again.
      this.end('identity');
    } else {
      this.#fail(wasRefused);
    }
  }

  #fail(renew = false): void {
    const wait = backoff(this.#attempts++);
    this.state.value = { kind: 'offline', since: (this.#lostAt ??= Date.now()), retryAt: Date.now() + wait };
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#dial(renew), wait);
  }

  #hangUp(): void {
    const channel = this.#channel;
    this.#channel = null;
    this.#greeted = false;
    clearInterval(this.#beat);
    channel?.end();
    if (channel) for (const feed of this.#feeds) feed.lost();
  }

  /** A late beat means that the machine slept: then the socket may be dead without knowing. */
  #pulse(): void {
    const now = Date.now();
    const slept = now - this.#beatAt > SLEEP;
    this.#beatAt = now;
    if (slept || now - this.#channel!.heardAt >= QUIET) void this.#check();
  }

  async #check(): Promise<void> {
    const channel = this.#channel;
    if (!channel || this.#isChecking) return;
    this.#isChecking = true;
    const timeout = setTimeout(() => channel.end(), ANSWER_TIMEOUT);
    try {
      const asked = Date.now();
      this.#tell(await channel.request('GetClock'), asked);
    } catch {
      // Its end is told elsewhere.
    }
    clearTimeout(timeout);
    this.#isChecking = false;
  }

  #tell(clock: unknown, asked: number): void {
    const time = number(object(clock).currentTime);
    if (time !== null) this.#offset = time - (asked + Date.now()) / 2;
  }

  #watch(change: 'addEventListener' | 'removeEventListener'): void {
    globalThis[change]?.('online', this.retryNow);
    globalThis[change]?.('offline', this.retryNow);
    globalThis[change]?.('pageshow', this.retryNow);
    globalThis.document?.[change]('visibilitychange', this.#seen);
  }

  #seen = (): void => {
    if (globalThis.document.visibilityState === 'visible') this.retryNow();
  };
}

/** Repeats what the server cannot do at the moment, as long as the socket lives. */
export async function insist(channel: Channel, type: string, body: unknown, options?: RequestOptions): Promise<unknown> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await channel.request(type, body, options);
    } catch (error) {
      if (!isTemporary(error) || !channel.isOpen) throw channel.isOpen ? error : lost();
      await delay(1_000 + backoff(attempt));
    }
  }
}
