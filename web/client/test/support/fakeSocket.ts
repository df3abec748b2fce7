import type { FakeServer } from './fakeServer';

export type Frame = Record<string, unknown>;

/** A socket whose two directions take a turn of the event loop each. */
export class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly isBrand: boolean;
  readonly lists = new Map<string, Frame>();
  readonly dialogs = new Set<string>();
  ringSubscription = '';
  stateSubscription = '';
  userId = '';
  isClosed = false;
  /** The network is gone and nobody noticed: nothing comes through, nothing is told. */
  isDead = false;
  readonly #underWay: string[] = [];

  readonly url: string;
  readonly server: FakeServer;

  constructor(url: string, server: FakeServer) {
    this.url = url;
    this.server = server;
    this.isBrand = url.includes('/brand/');
    setTimeout(() => {
      if (this.server.isUp && !this.server.refusesSockets) this.onopen?.();
      else this.cut(1006);
    }, 1);
  }

  send(data: string): void {
    const frame = JSON.parse(data) as Frame;
    setTimeout(() => {
      if (!this.isClosed && !this.isDead) this.server.received(frame, this);
    }, 1);
  }

  close(): void {
    this.isClosed = true;
  }

  /** The server or the network ends it. */
  cut(code: number): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.lists.clear();
    this.dialogs.clear();
    this.onclose?.({ code });
  }

  answer(frame: Frame, body: unknown): void {
    this.#deliver({ kind: 'resp', reqId: frame.id, code: 200, type: 'x', body });
  }

  refuse(frame: Frame, code: number, details: string): void {
    this.#deliver({ kind: 'resp', reqId: frame.id, code, type: '.ReqBody$ErrorResp', body: { title: 'x', details, errorCode: code * 100 } });
  }

  notify(type: string, body: unknown): void {
    this.#deliver({ kind: 'notification', type, body });
  }

  tell(change: Frame): void {
    if (this.isBrand) this.notify('.ams.ms.OnlineEventDistribution', change);
    else this.notify('ms.MessagingEventNotification', { dialogId: change.dialogId, conversationId: change.conversationId, changes: [change] });
  }

  // What is sent in one go arrives in one go.
  #deliver(frame: Frame): void {
    this.#underWay.push(JSON.stringify(frame));
    if (this.#underWay.length > 1) return;
    setTimeout(() => {
      for (const data of this.#underWay.splice(0)) if (!this.isClosed && !this.isDead) this.onmessage?.({ data });
    }, 1);
  }
}
