import { isObject, object, text, type Wire } from '../wire/read';
import { lost, RequestError } from './requestError';

interface Pending {
  readonly answered: ((body: unknown) => void) | undefined;
  readonly resolve: (body: unknown) => void;
  readonly reject: (error: RequestError) => void;
}

export interface RequestOptions {
  readonly metadata?: readonly unknown[] | undefined;
  readonly headers?: readonly unknown[];
  /** Called at once with a good answer, before the next frame is looked at. */
  readonly answered?: (body: unknown) => void;
}

/** One socket: requests find their answers, the rest are notifications. It ends once, by the server, the network or {@link end}. */
export class Channel {
  /** When the last frame came, epoch ms. */
  heardAt = Date.now();
  isOpen = false;
  readonly #socket: WebSocket;
  readonly #ended: (code: number) => void;
  readonly #pending = new Map<string, Pending>();
  #next = 0;
  #hasEnded = false;

  constructor(socket: WebSocket, opened: () => void, notified: (type: string, body: Wire) => void, ended: (code: number) => void) {
    this.#socket = socket;
    this.#ended = ended;
    socket.onopen = () => {
      this.isOpen = true;
      this.heardAt = Date.now();
      opened();
    };
    socket.onmessage = event => this.#receive(event.data, notified);
    socket.onclose = event => this.end(event.code);
    socket.onerror = () => {};
  }

  request(type: string, body?: unknown, options: RequestOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#hasEnded || !this.isOpen) return reject(lost());
      const id = String(++this.#next);
      this.#pending.set(id, { answered: options.answered, resolve, reject });
      this.#socket.send(JSON.stringify({ kind: 'req', id, type, body: body ?? {}, metadata: options.metadata, headers: options.headers }));
    });
  }

  /** Ends it without waiting for the other side, which may not be there any more. */
  end(code = 1006): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.isOpen = false;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    try {
      this.#socket.close();
    } catch {
      // It never opened.
    }
    for (const pending of this.#pending.values()) pending.reject(lost());
    this.#pending.clear();
    this.#ended(code);
  }

  #receive(data: unknown, notified: (type: string, body: Wire) => void): void {
    this.heardAt = Date.now();
    let frame: unknown;
    try {
      frame = JSON.parse(String(data));
    } catch {
      return;
    }
    if (!isObject(frame)) return;
    if (frame.kind === 'notification') return notified(String(frame.type), object(frame.body));
    const pending = this.#pending.get(String(frame.reqId));
    if (!pending) return;
    this.#pending.delete(String(frame.reqId));
    const code = Number(frame.code);
    if (code > 399) return pending.reject(new RequestError(code, wordsOf(frame.body)));
    pending.answered?.(frame.body);
    pending.resolve(frame.body);
  }
}

const wordsOf = (body: unknown): string => text(body) ?? text(object(body).details) ?? text(object(body).title) ?? '';
