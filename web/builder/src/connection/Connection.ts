import { signal } from '@preact/signals';
import { meaningOfClose } from '../catalog/codes';
import type { Dialect } from '../catalog/message';
import type { Frame } from '../frames/frame';
import { type FrameLog, read } from '../frames/FrameLog';
import type { KnownIds } from '../frames/known';
import { isObject } from '../json/node';
import { type Side, socketPath, type Version } from './address';

export type Phase = 'opening' | 'open' | 'closed';

export interface ConnectionOptions {
  readonly id: string;
  readonly side: Side;
  readonly version: Version;
  readonly account: string;
  readonly token: string;
  /** Who it is, for the reader: `agent1`, the end of a consumer's id. */
  readonly who: string;
  /** Whether the first frame, which says who the consumer is, is left to the reader. */
  readonly byHand?: boolean;
}

const keepAliveSeconds = 60;

/** A raw socket: shows every frame, sends any text. It does not come back by itself; the reader is to see what happens. */
export class Connection {
  readonly options: ConnectionOptions;
  readonly phase = signal<Phase>('closed');
  /** Why it ended, and what to do. */
  readonly end = signal('');

  private socket: WebSocket | null = null;
  private beat: ReturnType<typeof setInterval> | undefined;
  private beats = 0;
  private used = new Set<string>();
  private readonly log: FrameLog;
  private readonly known: KnownIds;

  constructor(options: ConnectionOptions, log: FrameLog, known: KnownIds) {
    this.options = options;
    this.log = log;
    this.known = known;
  }

  get id(): string {
    return this.options.id;
  }

  get dialect(): Dialect {
    return this.options.version === '3' ? 'v3' : 'v2';
  }

  /** The name that stands for its token in whatever is shown or saved. */
  get tokenName(): string {
    return this.options.side === 'agent' ? '$LP_BEARER' : '$LP_JWT';
  }

  open(): void {
    if (this.phase.peek() !== 'closed') return;
    const { account, side, version, token, byHand } = this.options;
    const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + socketPath(account, side, version, token));
    this.socket = socket;
    this.used = new Set();
    this.phase.value = 'opening';
    let wasOpen = false;
    socket.onopen = () => {
      wasOpen = true;
      this.phase.value = 'open';
      this.log.note(this, `Opened ${socketPath(account, side, version, '…').replace('%E2%80%A6', this.tokenName)}`);
      this.beat = setInterval(() => this.send(`{"kind":"req","id":"keep-alive-${++this.beats}","type":"KeepAlive"}`), keepAliveSeconds * 1000);
      if (version === '3' && !byHand) this.send('{"kind":"req","id":0,"type":"InitConnection","headers":[{"type":".ams.headers.ConsumerAuthentication","jwt":"$LP_JWT"}]}');
    };
    socket.onmessage = event => {
      const frame = this.log.received(this, String(event.data));
      const value = read(String(event.data));
      if (isObject(value)) this.known.learn(value, `${frame.type ?? 'a frame'} on ${this.id}`);
    };
    socket.onclose = ({ code, reason }) => {
      clearInterval(this.beat);
      this.socket = null;
      this.phase.value = 'closed';
      this.end.value = wasOpen ? describeClose(code, reason) : 'It could not be opened: the token is wrong or has expired, the account is not known, or the server cannot be reached.';
      this.log.note(this, wasOpen ? `Closed. ${this.end.peek()}` : this.end.peek());
    };
  }

  /** Sends a text as it is, but for the name of the token, which becomes the token. Returns null when the socket is not open. */
  send(text: string): Frame | null {
    if (this.socket?.readyState !== WebSocket.OPEN) return null;
    const raw = text.replaceAll(this.tokenName, this.options.token);
    const value = read(raw);
    if (isObject(value)) this.known.touch(value);
    if (isObject(value) && (typeof value.id === 'string' || typeof value.id === 'number')) this.used.add(String(value.id));
    // In the log first: a fast answer comes after its request.
    const frame = this.log.sent(this, raw);
    this.socket.send(raw);
    return frame;
  }

  /** The id itself where it is new on this socket, else the next number that is. */
  freshId(id: string): string {
    if (!this.used.has(id)) return id;
    let number = /^\d{1,9}$/.test(id) ? Number(id) : 0;
    while (this.used.has(String(number))) number++;
    return String(number);
  }

  close(): void {
    this.socket?.close(1000);
  }
}

function describeClose(code: number, reason: string): string {
  const meaning = meaningOfClose(code);
  return [`Code ${code}${reason ? `, “${reason}”` : ''}.`, meaning?.when, meaning?.advice].filter(Boolean).join(' ');
}
