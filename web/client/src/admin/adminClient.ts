import { AdminError } from './adminError';
import type { CannedAnswer, CannedAnswerAdd, CannedAnswerChange } from './cannedAnswer';
import type { Availability } from '../model/ring';
import type { AgentsPage, Explanation, QueuePage } from './routing';
import { RoutingFeed } from './routingFeed';
import type { AccountSettings, AccountSettingsChange } from './settings';
import type { Skill, SkillAdd, SkillChange } from './skill';
import type { Today } from './statistics';
import type { Colleague, StatusReason, User, UserAdd, UserAdded, UserChange } from './user';

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** What a brand administers of its account and sees of it, as the role of the bearer allows. Everything rejects with an {@link AdminError}. */
export class AdminClient {
  readonly #account: string;
  readonly #bearer: () => string | null;
  readonly #fetch: Fetch;

  /** @param bearer Asked at each request, e.g. `() => agent.bearer.value`. */
  constructor(server: string, account: string, bearer: () => string | null, fetch: Fetch = (input, init) => globalThis.fetch(input, init)) {
    this.#account = `${server.replace(/\/$/, '')}/api/account/${encodeURIComponent(account)}`;
    this.#bearer = bearer;
    this.#fetch = fetch;
  }

  users = async (): Promise<readonly User[]> => (await this.#ask<{ users: User[] }>('GET', '/users')).users;
  addUser = (user: UserAdd): Promise<UserAdded> => this.#ask('POST', '/users', user);
  /** @param id Number, `account.number` or public id. */
  changeUser = (id: string, change: UserChange): Promise<User> => this.#ask('PATCH', `/users/${encodeURIComponent(id)}`, change);
  /** The new password when it was generated, else null. */
  setPassword = async (id: string, password?: string): Promise<string | null> =>
    (await this.#ask<{ password: string | null }>('POST', `/users/${encodeURIComponent(id)}/password`, password ? { password } : {})).password;

  skills = async (): Promise<readonly Skill[]> => (await this.#ask<{ skills: Skill[] }>('GET', '/skills')).skills;
  addSkill = (skill: SkillAdd): Promise<Skill> => this.#ask('POST', '/skills', skill);
  changeSkill = (id: string, change: SkillChange): Promise<Skill> => this.#ask('PATCH', `/skills/${encodeURIComponent(id)}`, change);
  removeSkill = (id: string): Promise<void> => this.#ask('DELETE', `/skills/${encodeURIComponent(id)}`);

  cannedAnswers = async (): Promise<readonly CannedAnswer[]> => (await this.#ask<{ answers: CannedAnswer[] }>('GET', '/canned-answers')).answers;
  addCannedAnswer = (answer: CannedAnswerAdd): Promise<CannedAnswer> => this.#ask('POST', '/canned-answers', answer);
  changeCannedAnswer = (id: string, change: CannedAnswerChange): Promise<CannedAnswer> =>
    this.#ask('PATCH', `/canned-answers/${encodeURIComponent(id)}`, change);
  removeCannedAnswer = (id: string): Promise<void> => this.#ask('DELETE', `/canned-answers/${encodeURIComponent(id)}`);

  settings = (): Promise<AccountSettings> => this.#ask('GET', '/settings');
  changeSettings = (change: AccountSettingsChange): Promise<AccountSettings> => this.#ask('PATCH', '/settings', change);

  queue = (skillId?: string, limit?: number): Promise<QueuePage> =>
    this.#ask('GET', `/routing/queue?${new URLSearchParams({ ...(skillId ? { skill: skillId } : {}), ...(limit ? { limit: String(limit) } : {}) })}`);
  agents = (): Promise<AgentsPage> => this.#ask('GET', '/routing/agents');
  explain = (conversationId: string): Promise<Explanation> => this.#ask('GET', `/routing/explain/${encodeURIComponent(conversationId)}`);
  today = (): Promise<Today> => this.#ask('GET', '/statistics/today');

  /** Follows queue and agents until it is closed. */
  feed = (): RoutingFeed =>
    new RoutingFeed(signal => this.#fetch(`${this.#account}/admin/routing/feed`, { headers: this.#headers(), signal, cache: 'no-store' }));

  /** Agents to whom a conversation may be handed; null from servers that do not tell ordinary agents. */
  colleagues = async (): Promise<readonly Colleague[] | null> => {
    try {
      const { colleagues } = await this.#ask<{ colleagues: (Omit<Colleague, 'id' | 'availability'> & { userId: string; state: Availability })[] }>('GET', '/colleagues');
      return colleagues.map(({ userId, state, ...colleague }) => ({ ...colleague, id: userId, availability: state }));
    } catch (error) {
      if (error instanceof AdminError && error.status === 404) return null;
      throw error;
    }
  };

  statusReasons = (): Promise<readonly StatusReason[]> => this.#ask('GET', '/configuration/le-agents/status-reasons?v=1.0', undefined, '');

  #headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.#bearer() ?? ''}` };
  }

  async #ask<T>(method: string, path: string, body?: unknown, root = '/admin'): Promise<T> {
    let response: Response;
    try {
      response = await this.#fetch(this.#account + root + path, {
        method,
        cache: 'no-store',
        headers: { ...this.#headers(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new AdminError(0, 'The server cannot be reached', null);
    }
    const answer = (await response.json().catch(() => null)) as { error?: unknown } | null;
    if (response.ok) return answer as T;
    const words = typeof answer?.error === 'string' ? answer.error : `The server answered ${response.status}`;
    throw new AdminError(response.status, words, Number(response.headers.get('Retry-After')) || null);
  }
}
