import { isTemporary, lost } from '../connection/requestError';
import type { ConsumerIdentity, KeyValueStorage } from '../model/contract';
import { readJson } from '../storage';
import { object, text, type Wire } from '../wire/read';
import { post, type Fetch } from './http';
import { expiryOf, subjectOf } from './jwt';

/** Tokens with less time left are renewed before they are used. */
const MARGIN = 60_000;

interface Anonymous {
  /** Renews the identity. */
  readonly ext: string;
  /** Opens sockets. */
  readonly jwt: string;
}

/**
 * Who the consumer is: the brand's, or an anonymous one who is kept in storage and renewed with his old token. An anonymous one who
 * signs in shows his old token with the new one, and his conversations go with him.
 */
export class ConsumerSession {
  readonly #base: string;
  readonly #key: string;
  readonly #fetch: Fetch;
  readonly #storage: KeyValueStorage;
  readonly #brand: ConsumerIdentity | undefined;
  /** The anonymous consumer who has signed in with the token. */
  steppedFrom: string | null = null;
  #jwt: string | null = null;
  /** Whether {@link #jwt} is the brand's, so that the anonymous identity has served. */
  #isSignedIn = false;
  /** Whether the token is of the same person as the one before it, as far as is known. */
  isContinuation = true;

  constructor(server: string, account: string, fetch: Fetch, storage: KeyValueStorage, brand: ConsumerIdentity | undefined) {
    this.#base = `${server}/api/account/${encodeURIComponent(account)}`;
    this.#key = `parley.${account}.identity`;
    this.#fetch = fetch;
    this.#storage = storage;
    this.#brand = brand;
  }

  /** Who was here before, as far as that is known without asking. */
  get knownId(): string | null {
    const jwt = this.#jwt ?? (this.#brand ? null : (this.#stored()?.jwt ?? null));
    return jwt && subjectOf(jwt);
  }

  /** A token for a socket. Rejects with a lasting {@link RequestError} when there is none to be had. */
  async token(renew: boolean): Promise<string> {
    if (!renew && this.#jwt && expiryOf(this.#jwt) > Date.now() + MARGIN) return this.#jwt;
    const brought = await this.#brand?.token().catch(() => {
      throw lost();
    });
    const jwt = brought ? await this.#exchange(brought) : await this.#anonymous(renew);
    this.isContinuation = brought ? this.steppedFrom !== null : !this.#isSignedIn;
    this.#isSignedIn = !!brought;
    return (this.#jwt = jwt);
  }

  /** The server has taken the token: whoever was anonymous before is this one now. */
  accepted(): void {
    this.steppedFrom = null;
    if (this.#isSignedIn) this.#storage.removeItem(this.#key);
  }

  /** At the next connection the page is asked who is signed in. */
  askAgain(): void {
    if (this.#brand) this.#jwt = null;
  }

  forget(): void {
    this.#jwt = null;
    this.#storage.removeItem(this.#key);
  }

  async #anonymous(renew: boolean): Promise<string> {
    const stored = this.#stored();
    if (stored && !renew && expiryOf(stored.jwt) > Date.now() + MARGIN) return stored.jwt;
    try {
      return await this.#renewed(stored);
    } catch (error) {
      if (!stored || isTemporary(error)) throw error;
      // He was away for too long to be known again.
      this.#storage.removeItem(this.#key);
      return await this.#renewed(null);
    }
  }

  async #renewed(old: Anonymous | null): Promise<string> {
    const ext = text((await post(this.#fetch, `${this.#base}/anonymous/authorize`, old ? { id_token: old.ext } : undefined)).token) ?? '';
    const jwt = text((await post(this.#fetch, `${this.#base}/app/ACR0/authenticate?v=3.0`, { id_token: ext })).token) ?? '';
    // Another page of the same browser may have begun at the same moment: then the first is who both are.
    const other = this.#stored();
    if (!old && other) return other.jwt;
    this.#storage.setItem(this.#key, JSON.stringify({ ext, jwt }));
    return jwt;
  }

  async #exchange(brought: string): Promise<string> {
    const isToken = brought.split('.').length > 2;
    const connector = this.#brand?.connector;
    const url = connector ? `${this.#base}/app/${encodeURIComponent(connector)}/authenticate?v=3.0` : `${this.#base}/authenticate`;
    const body = connector ? (isToken ? { id_token: brought } : { code: brought }) : { authCode: brought };
    const before = this.#stored() ? await this.#anonymous(false).catch(() => null) : null;
    this.steppedFrom = null;
    const answer = await this.#post(url, body, before);
    return text(answer.token) ?? text(answer.jwt) ?? '';
  }

  async #post(url: string, body: Wire, before: string | null): Promise<Wire> {
    if (before) {
      try {
        const answer = await post(this.#fetch, url, body, { Authorization: `Bearer ${before}` });
        this.steppedFrom = subjectOf(before);
        return answer;
      } catch (error) {
        if (isTemporary(error)) throw error;
        // It may be the old token that is refused.
      }
    }
    return post(this.#fetch, url, body);
  }

  #stored(): Anonymous | null {
    const { ext, jwt } = object(readJson(this.#storage, this.#key));
    return typeof ext === 'string' && typeof jwt === 'string' ? { ext, jwt } : null;
  }
}
