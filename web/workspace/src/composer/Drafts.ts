import type { KeyValueStorage } from '@parley/client';

export interface Draft {
  readonly text: string;
  readonly isPrivate: boolean;
}

export const noDraft: Draft = { text: '', isPrivate: false };

const keptFor = 14 * 86_400_000;

type Kept = Map<string, Draft & { readonly at: number }>;

/** What was written and not sent, by conversation; survives a reload where there is storage, until {@link clear}. */
export class Drafts {
  readonly #storage: KeyValueStorage;
  readonly #key: string;
  readonly #drafts: Kept;

  /** @param owner Whose drafts they are: account and agent. */
  constructor(storage: KeyValueStorage, owner: string, now: number) {
    this.#storage = storage;
    this.#key = `parley.drafts.${owner}`;
    this.#drafts = this.#read(now);
  }

  get(conversationId: string): Draft {
    return this.#drafts.get(conversationId) ?? noDraft;
  }

  has(conversationId: string): boolean {
    return this.#drafts.has(conversationId);
  }

  set(conversationId: string, draft: Draft, now: number): void {
    const isEmpty = draft.text === '' && !draft.isPrivate;
    // Another page may have written others meanwhile.
    const kept = this.#read(now);
    for (const drafts of [this.#drafts, kept]) {
      if (isEmpty) drafts.delete(conversationId);
      else drafts.set(conversationId, { text: draft.text, isPrivate: draft.isPrivate, at: now });
    }
    this.#write(kept);
  }

  /** Conversations with words. */
  get conversations(): readonly string[] {
    return [...this.#drafts].filter(([, { text }]) => text.trim() !== '').map(([id]) => id);
  }

  /** Nothing of them is left here. */
  clear(): void {
    this.#drafts.clear();
    this.#write(this.#drafts);
  }

  #write(drafts: Kept): void {
    try {
      if (drafts.size === 0) this.#storage.removeItem(this.#key);
      else this.#storage.setItem(this.#key, JSON.stringify([...drafts]));
    } catch {
      // Then they live as long as the page.
    }
  }

  #read(now: number): Kept {
    try {
      const stored: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? '[]');
      return new Map(Array.isArray(stored) ? stored.filter(isStored).filter(([, draft]) => now - draft.at < keptFor) : []);
    } catch {
      return new Map();
    }
  }
}

function isStored(entry: unknown): entry is [string, Draft & { readonly at: number }] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string' || typeof entry[1] !== 'object' || entry[1] === null) return false;
  const draft = entry[1] as Record<string, unknown>;
  return typeof draft.text === 'string' && typeof draft.isPrivate === 'boolean' && typeof draft.at === 'number';
}
