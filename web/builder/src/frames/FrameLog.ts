import { signal } from '@preact/signals';
import type { Dialect } from '../catalog/message';
import { isObject, type JsonValue } from '../json/node';
import type { Frame, FrameKind } from './frame';
import type { Secrets } from './Secrets';

export interface Origin {
  readonly id: string;
  readonly dialect: Dialect;
}

const most = 50_000;
const calmMilliseconds = 50;
const keepAlive = /^keep-alive-\d+$/;
const encoder = new TextEncoder();

/** Everything that went over the connections, in order. Answers are matched to what asked for them. */
export class FrameLog {
  /** Grows; read it after {@link version}, which tells of many frames at once rather than of each. */
  readonly frames: Frame[] = [];
  readonly version = signal(0);
  /** How many of the oldest were let go. */
  readonly dropped = signal(0);

  private next = 1;
  private isStale = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly waiting = new Map<string, { number: number; at: number }>();
  private readonly secrets: Secrets;
  private readonly clock: { now(): number; epoch(): number };

  constructor(secrets: Secrets, clock = { now: () => performance.now(), epoch: () => Date.now() }) {
    this.secrets = secrets;
    this.clock = clock;
  }

  sent(origin: Origin, raw: string): Frame {
    const value = read(raw);
    const request = isObject(value) ? value : null;
    const id = textOf(request?.id);
    const frame = this.add(origin, raw, {
      isSent: true,
      kind: request && typeof request.type === 'string' ? 'request' : 'malformed',
      type: textOf(request?.type),
      requestId: id,
    });
    // Whoever sends no id is answered with -1.
    this.waiting.set(`${origin.id} ${id ?? '-1'}`, { number: frame.number, at: this.clock.now() });
    return frame;
  }

  received(origin: Origin, raw: string): Frame {
    const value = read(raw);
    const frame = isObject(value) ? value : null;
    const isAnswer = frame?.kind === 'resp';
    const code = typeof frame?.code === 'number' ? frame.code : null;
    const requestId = isAnswer ? textOf(frame.reqId) : null;
    const key = `${origin.id} ${requestId}`;
    const asked = isAnswer ? this.waiting.get(key) : undefined;
    this.waiting.delete(key);
    const kind: FrameKind =
      isAnswer ? ((code ?? 0) >= 400 ? 'error' : 'response')
      : frame?.kind === 'notification' ? 'notification'
      : 'malformed';
    return this.add(origin, raw, {
      isSent: false, kind, type: textOf(frame?.type), requestId, code,
      ...(asked && { asked: asked.number, latency: this.clock.now() - asked.at }),
    });
  }

  /** Something that happened to the connection. */
  note(origin: Origin, text: string): Frame {
    return this.add(origin, text, { isSent: false, kind: 'note' });
  }

  sentOverHttp(origin: Origin, what: string, body: string): Frame {
    const frame = this.add(origin, body, { isSent: true, kind: 'request', type: what });
    this.waiting.set(`${origin.id} ${frame.number}`, { number: frame.number, at: this.clock.now() });
    return frame;
  }

  answeredOverHttp(origin: Origin, body: string, asked: Frame, code: number): Frame {
    const key = `${origin.id} ${asked.number}`;
    const latency = this.clock.now() - (this.waiting.get(key)?.at ?? this.clock.now());
    this.waiting.delete(key);
    return this.add(origin, body, { isSent: false, kind: code >= 400 ? 'error' : 'response', type: `HTTP ${code}`, code, asked: asked.number, latency });
  }

  clear(): void {
    this.frames.length = 0;
    this.dropped.value = 0;
    this.tell();
  }

  // The first frame at once, those that follow on its heels together.
  private changed(): void {
    if (this.timer !== undefined) this.isStale = true;
    else this.tell();
  }

  private tell(): void {
    this.isStale = false;
    this.version.value++;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.isStale) this.tell();
    }, calmMilliseconds);
  }

  private add(origin: Origin, raw: string, what: Pick<Frame, 'isSent' | 'kind'> & Partial<Frame>): Frame {
    const frame: Frame = {
      number: this.next++, connection: origin.id, dialect: origin.dialect, at: this.clock.epoch(), text: this.secrets.hide(raw),
      bytes: what.kind === 'note' ? 0 : encoder.encode(raw).length, type: null, requestId: null, code: null, asked: null, latency: null,
      isKeepAlive: keepAlive.test(what.requestId ?? ''), ...what,
    };
    this.frames.push(frame);
    if (this.frames.length > most) {
      this.frames.splice(0, most / 10);
      this.dropped.value += most / 10;
    }
    this.changed();
    return frame;
  }
}

/** The value of a frame's text, or undefined where it is not JSON. */
export function read(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}
