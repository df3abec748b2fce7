import WebSocket from 'ws';
import { Inbox } from './Inbox.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- frames are whatever the server sends */
export interface Frame {
  readonly kind?: string;
  readonly type?: string;
  readonly reqId?: string;
  readonly code?: number;
  readonly body?: any;
  readonly closed?: number;
}

/** A socket that speaks the protocol and nothing more. */
export class Frames {
  readonly inbox: Inbox<Frame>;
  readonly #socket: WebSocket;
  #lastId = 0;

  private constructor(name: string, socket: WebSocket) {
    this.inbox = new Inbox(name);
    this.#socket = socket;
    socket.on('message', data => this.inbox.push(JSON.parse(String(data)) as Frame));
    socket.on('close', code => this.inbox.push({ closed: code }));
  }

  static open(name: string, url: string, headers: Record<string, string> = {}): Promise<Frames> {
    const socket = new WebSocket(url, { headers });
    const frames = new Frames(name, socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(frames));
      socket.on('error', reject);
    });
  }

  /** Sends this text as it is. */
  write(line: string): void {
    this.#socket.send(line);
  }

  /** Sends a request and gives the body of its answer; refusals are errors. */
  async request(type: string, body: unknown = {}, more: Readonly<Record<string, unknown>> = {}): Promise<any> {
    const id = `r${++this.#lastId}`;
    this.write(JSON.stringify({ kind: 'req', id, type, body, ...more }));
    const answer = await this.inbox.first(`the answer to ${type}`, frame => frame.reqId === id);
    if ((answer.code ?? 500) >= 400) throw new Error(`${type}: ${answer.code} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  get notifications(): Frame[] {
    return this.inbox.items.filter(frame => frame.kind === 'notification');
  }

  close(): void {
    this.#socket.terminate();
  }
}
