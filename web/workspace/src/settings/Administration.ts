import type { AdminClient, AccountSettings, CannedAnswer, Skill, User } from '@parley/client/admin';
import type { AgentClient } from '@parley/client';
import { Resource } from './Resource';

/** What of an account can be administered, as far as the role goes. */
export class Administration {
  readonly admin: AdminClient;
  readonly client: AgentClient;
  readonly settings: Resource<AccountSettings>;
  readonly skills: Resource<readonly Skill[]>;
  readonly users: Resource<readonly User[]>;
  readonly answers: Resource<readonly CannedAnswer[]>;

  constructor(client: AgentClient, admin: AdminClient) {
    this.client = client;
    this.admin = admin;
    this.settings = new Resource(admin.settings);
    this.skills = new Resource(admin.skills);
    this.users = new Resource(admin.users);
    this.answers = new Resource(admin.cannedAnswers);
  }

  /** Whether all can be changed; managers change canned answers alone. */
  get isAdmin(): boolean {
    return this.client.role.value === 'admin';
  }
}

/** A list with one of its members replaced, or added at its place. */
export function withOne<T>(list: readonly T[], one: T, key: (item: T) => string, order: (item: T) => string): T[] {
  const rest = list.filter((item) => key(item) !== key(one));
  return [...rest, one].sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
}
