import type { KeyValueStorage } from '../model/contract';
import { readJson } from '../storage';
import { isObject, list } from '../wire/read';
import type { Outbox, Outgoing } from './outbox';

/** What another page has written it sends itself, if it lives. */
const PATIENCE = 5_000;

/**
 * The outbox in a storage that several pages share. Each write takes in what the others wrote; what this page knows to be gone is
 * left out. So an entry is lost only by the page's end within the write, and one that is sent by two pages is the same message.
 */
export class KeptOutbox {
  readonly #account: string;
  readonly #storage: KeyValueStorage;
  readonly #outbox: () => Outbox;
  readonly #gone = new Set<string>();
  #known = new Set<string>();
  /** Whose it is; null while that is not known. */
  #owner: string | null = null;

  constructor(account: string, storage: KeyValueStorage, outbox: () => Outbox) {
    this.#account = account;
    this.#storage = storage;
    this.#outbox = outbox;
  }

  #key(owner: string): string {
    return `parley.${this.#account}.outbox.${owner}`;
  }

  /** It is known whose it is: what he left is taken up, what was written before that goes with him. */
  open(owner: string, isSamePerson: boolean): void {
    if (owner === this.#owner) return;
    const before = this.#owner;
    this.#owner = owner;
    if (before !== null && !isSamePerson) {
      // What is somebody else's stays his.
      this.#known = new Set();
      this.#outbox().clear();
    }
    this.#adopt(0);
    this.write();
    if (before !== null && isSamePerson) this.#storage.removeItem(this.#key(before));
  }

  write(): void {
    if (this.#owner === null) return;
    const all = this.#outbox().all.filter(pending => pending.sequence === null && (pending.event || !pending.upload));
    const ids = new Set(all.map(pending => pending.eventId));
    for (const id of this.#known) if (!ids.has(id)) this.#gone.add(id);
    this.#known = ids;
    const others = this.#read().filter(other => !ids.has(other.eventId) && !this.#gone.has(other.eventId));
    const kept: Outgoing[] = [...others, ...all];
    if (kept.length > 0) this.#storage.setItem(this.#key(this.#owner), JSON.stringify(kept));
    else this.#storage.removeItem(this.#key(this.#owner));
  }

  /** Whether what other pages write is taken up. */
  watch(isOn: boolean): void {
    globalThis[isOn ? 'addEventListener' : 'removeEventListener']?.('storage', this.#changed);
  }

  /** Nothing of whom it belongs to is left here, and it is nobody's now. */
  forget(): void {
    this.#outbox().clear();
    if (this.#owner !== null) this.#storage.removeItem(this.#key(this.#owner));
    this.#owner = null;
    this.#known = new Set();
  }

  #changed = (event: Event): void => {
    if (this.#owner !== null && (event as StorageEvent).key === this.#key(this.#owner)) this.#adopt(Date.now() + PATIENCE);
  };

  #adopt(notBefore: number): void {
    const outbox = this.#outbox();
    for (const other of this.#read()) {
      if (this.#gone.has(other.eventId) || outbox.all.some(pending => pending.eventId === other.eventId)) continue;
      this.#known.add(other.eventId);
      outbox.add(other, null, notBefore);
    }
  }

  #read(): Outgoing[] {
    return list(this.#owner === null ? null : readJson(this.#storage, this.#key(this.#owner))).filter(
      each => isObject(each) && typeof each.eventId === 'string' && typeof each.target === 'string' && isObject(each.event),
    ) as unknown as Outgoing[];
  }
}
