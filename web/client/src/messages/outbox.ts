import { backoff, delay } from '../connection/backoff';
import type { Channel } from '../connection/channel';
import { described, isTemporary } from '../connection/requestError';
import type { Wire } from '../wire/read';

/** Something written here that the server has not, as far as is known. Only this is taken from what was kept in storage. */
export interface Outgoing {
  readonly eventId: string;
  /** The dialog it is written into; `''`: the consumer's current one, which need not exist yet. */
  readonly target: string;
  conversationId: string | null;
  dialogId: string | null;
  /** Null until its file is uploaded. */
  event: Wire | null;
  readonly isPrivate: boolean;
  readonly metadata: readonly Wire[];
  /** By this machine's clock. */
  readonly at: number;
  /** The request that opens a conversation for it, as it was made first: repeats must be the same. */
  opening: Wire | null;
  error: { code: number; text: string } | null;
}

/** What is known of it while the page lives. */
export interface Pending extends Outgoing {
  /** The server's number of it, when its answer came before its notification. */
  sequence: number | null;
  progress: number | null;
  upload: Upload | null;
  /** Written by another page, which may send it itself: not before this time. */
  notBefore: number;
}

export interface Upload {
  readonly file: { readonly name: string; readonly fileType: string; readonly preview: string | null };
  run(channel: Channel, progressed: (share: number) => void): Promise<Wire>;
}

export interface OutboxHost {
  /** The socket, once everything has caught up. */
  channel(): Channel | null;
  /** Puts a current one into a conversation, opening one where there is none. */
  place?(pending: Pending, channel: Channel): Promise<void>;
  /** It was refused; whether it may go elsewhere and is to be tried again. */
  misplaced?(pending: Pending, error: unknown): boolean;
  /** Entries of this target are to be shown again. */
  pendingChanged(target: string): void;
  /** Something was added, moved or has gone for good. */
  keep(): void;
}

/** What is being sent: in order per target, with the same event id until the server has it or refuses it. */
export class Outbox {
  readonly all: Pending[] = [];
  readonly #host: OutboxHost;
  readonly #pumping = new Set<string>();

  constructor(host: OutboxHost) {
    this.#host = host;
  }

  of(target: string): readonly Pending[] {
    return this.all.filter(pending => pending.target === target);
  }

  add(outgoing: Outgoing, upload: Upload | null = null, notBefore = 0): void {
    this.all.push({ ...outgoing, sequence: null, progress: upload ? 0 : null, upload, notBefore });
    this.#host.keep();
    this.#host.pendingChanged(outgoing.target);
    this.pump(outgoing.target);
  }

  retry(eventId: string): void {
    const pending = this.#find(eventId);
    if (!pending?.error) return;
    pending.error = null;
    this.#host.keep();
    this.#host.pendingChanged(pending.target);
    this.pump(pending.target);
  }

  discard(eventId: string): void {
    if (this.#find(eventId)?.error) this.remove(eventId);
  }

  /** The server has it, or nobody wants it any more. */
  remove(eventId: string): void {
    const pending = this.#find(eventId);
    if (!pending) return;
    this.all.splice(this.all.indexOf(pending), 1);
    this.#host.keep();
    this.#host.pendingChanged(pending.target);
  }

  clear(): void {
    for (const pending of this.all.splice(0)) this.#host.pendingChanged(pending.target);
  }

  pumpAll(): void {
    for (const target of new Set(this.all.map(pending => pending.target))) this.pump(target);
  }

  pump(target: string): void {
    if (this.#pumping.has(target) || !this.#host.channel()) return;
    this.#pumping.add(target);
    void this.#run(target);
  }

  async #run(target: string): Promise<void> {
    for (let attempt = 0; ; ) {
      const channel = this.#host.channel();
      const pending = this.all.find(each => each.target === target && !each.error && each.sequence === null);
      if (!channel || !pending) {
        this.#pumping.delete(target);
        return;
      }
      const wait = pending.notBefore - Date.now();
      if (wait > 0) {
        await delay(wait);
        continue;
      }
      try {
        await this.#send(pending, channel);
        attempt = 0;
      } catch (error) {
        if (!channel.isOpen) continue;
        if (this.#host.misplaced?.(pending, error)) continue;
        if (isTemporary(error)) {
          await delay(500 + backoff(attempt++, 1_000));
          continue;
        }
        this.#fail(pending, error);
      }
    }
  }

  async #send(pending: Pending, channel: Channel): Promise<void> {
    if (pending.target === '') await this.#host.place?.(pending, channel);
    if (!pending.event && pending.upload) {
      pending.event = await pending.upload.run(channel, share => {
        pending.progress = share;
        this.#host.pendingChanged(pending.target);
      });
      pending.progress = 1;
    }
    const answer = (await channel.request(
      'ms.PublishEvent',
      {
        dialogId: pending.dialogId,
        conversationId: pending.conversationId,
        event: pending.event,
        eventId: pending.eventId,
        ...(pending.isPrivate ? { messageAudience: 'AGENTS_AND_MANAGERS' } : {}),
      },
      pending.metadata.length > 0 ? { metadata: pending.metadata } : {},
    )) as Wire | null;
    if (!this.all.includes(pending)) return;
    pending.sequence = Number(answer?.sequence ?? -1);
    this.#host.keep();
    this.#host.pendingChanged(pending.target);
  }

  #fail(pending: Pending, error: unknown): void {
    pending.error = described(error);
    this.#host.keep();
    this.#host.pendingChanged(pending.target);
  }

  #find(eventId: string): Pending | undefined {
    return this.all.find(pending => pending.eventId === eventId);
  }
}
