import { insist } from '../connection/connection';
import type { Channel } from '../connection/channel';
import type { Entry } from '../model/entry';

const GATHERED_FOR = 100;
const MOST_NUMBERS = 1_000;

export interface Receiving {
  readonly dialogId: string;
  readonly stored: readonly Entry[];
  /** The socket while the dialog is followed on it and takes receipts from this user. */
  channel(): Channel | null;
}

/**
 * What this user has received and read of others. `accepted` and `read` are the highest numbers that the server knows of,
 * from any of his sockets; `said` are on their way. What was said on a lost socket is said again.
 */
export class Receipts {
  read = -1;
  #accepted = -1;
  #saidAccepted = -1;
  #saidRead = -1;
  /** Up to where it was on the screen. */
  #seen = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #dialog: Receiving;

  constructor(dialog: Receiving) {
    this.#dialog = dialog;
  }

  get readUpTo(): number {
    return Math.max(this.read, this.#seen);
  }

  /** A receipt of this user, from here or elsewhere. */
  confirmed(status: string, upTo: number): void {
    if (status === 'READ') this.read = Math.max(this.read, upTo);
    this.#accepted = Math.max(this.#accepted, upTo);
  }

  /** @returns Whether there was something unread. */
  markRead(upTo: number): boolean {
    if (upTo <= this.readUpTo) return false;
    this.#seen = upTo;
    this.soon();
    return true;
  }

  /** Says what there is to say, after gathering a little. */
  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#say();
    }, GATHERED_FOR);
  }

  lost(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saidAccepted = this.#saidRead = -1;
  }

  #say(): void {
    const channel = this.#dialog.channel();
    if (!channel) return;
    const unreadFrom = Math.max(this.read, this.#saidRead);
    const newFrom = Math.max(this.#accepted, this.#saidAccepted, this.#seen);
    const [read, accepted]: [number[], number[]] = [[], []];
    const { stored } = this.#dialog;
    for (let i = stored.length - 1; i >= 0; i--) {
      const { sequence, mine } = stored[i]!;
      if (sequence === null || sequence <= Math.min(unreadFrom, newFrom)) break;
      if (mine) continue;
      if (sequence > newFrom) accepted.push(sequence);
      else if (sequence > unreadFrom && sequence <= this.#seen) read.push(sequence);
    }
    this.#saidRead = Math.max(this.#saidRead, read[0] ?? -1);
    this.#saidAccepted = Math.max(this.#saidAccepted, accepted[0] ?? -1);
    this.#publish(channel, 'READ', read);
    this.#publish(channel, 'ACCEPT', accepted);
  }

  #publish(channel: Channel, status: string, newestFirst: number[]): void {
    for (const numbers = newestFirst.reverse(); numbers.length > 0; ) {
      const body = { dialogId: this.#dialog.dialogId, event: { type: 'AcceptStatusEvent', status, sequenceList: numbers.splice(0, MOST_NUMBERS) } };
      // Refused for good, as in a dialog that has ended: nobody waits for it.
      insist(channel, 'ms.PublishEvent', body).catch(() => {});
    }
  }
}
