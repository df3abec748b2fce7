import { signal } from '@preact/signals-core';
import { isTemporary, RequestError } from '../connection/requestError';
import type { KeyValueStorage } from '../model/contract';
import { readJson } from '../storage';
import { object, text } from '../wire/read';
import { ask, post, type Fetch } from './http';

const REFRESH = 10 * 60_000;

interface Session {
  readonly bearer: string;
  readonly csrf: string;
  /** `account.number`. */
  readonly agentId: string;
  readonly pid: string;
}

/** An agent's login, kept for the tab. It ends on the server by itself when nobody refreshes it. */
export class AgentSession {
  readonly current = signal<Session | null>(null);
  readonly #base: string;
  readonly #key: string;
  readonly #account: string;
  readonly #fetch: Fetch;
  readonly #storage: KeyValueStorage;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(server: string, account: string, fetch: Fetch, storage: KeyValueStorage) {
    this.#base = `${server}/api/account/${encodeURIComponent(account)}`;
    this.#account = account;
    this.#key = `parley.${account}.session`;
    this.#fetch = fetch;
    this.#storage = storage;
    const kept = object(readJson(storage, this.#key));
    if (text(kept.bearer) && text(kept.agentId) && text(kept.pid)) this.current.value = kept as unknown as Session;
  }

  async logIn(username: string, password: string): Promise<void> {
    const answer = await post(this.#fetch, `${this.#base}/login?v=1.3`, { username, password });
    const config = object(answer.config);
    const session = { bearer: String(answer.bearer), csrf: String(answer.csrf), agentId: `${this.#account}.${String(config.userId)}`, pid: String(config.userPid) };
    this.#storage.setItem(this.#key, JSON.stringify(session));
    this.current.value = session;
  }

  keepAlive(isOn: boolean): void {
    clearInterval(this.#timer);
    if (isOn) this.#timer = setInterval(() => void this.#post('refresh').catch(() => {}), REFRESH);
  }

  /** Whether the server refuses the bearer, as opposed to not being there. */
  async isRefused(): Promise<boolean> {
    const { bearer } = this.current.value ?? {};
    if (!bearer) return true;
    try {
      await ask(this.#fetch, `${this.#base}/admin/skills`, { headers: { Authorization: `Bearer ${bearer}` } });
      return false;
    } catch (error) {
      return !isTemporary(error) && error instanceof RequestError && error.code === 401;
    }
  }

  /** It is over; nothing of it is kept. */
  drop(): void {
    this.keepAlive(false);
    this.#storage.removeItem(this.#key);
    this.current.value = null;
  }

  async logOut(): Promise<void> {
    try {
      await this.#post('logout');
    } catch {
      // Then it ends on the server when its time is over; here it has ended.
    }
    this.drop();
  }

  async #post(what: 'refresh' | 'logout'): Promise<void> {
    const session = this.current.value;
    if (session) await post(this.#fetch, `${this.#base}/${what}`, { csrf: session.csrf }, { Authorization: `Bearer ${session.bearer}` });
  }
}
