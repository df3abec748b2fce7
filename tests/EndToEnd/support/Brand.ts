import type { ParleyServer } from './ParleyServer.ts';
import { AgentSocket } from './AgentSocket.ts';
import { ConsumerSocket } from './ConsumerSocket.ts';

export interface Login {
  readonly account: string;
  readonly id: string;
  readonly pid: string;
  readonly login: string;
  readonly password: string;
  readonly nickname: string;
}

/** An account, and ways to arrange what is in it without a browser. */
export class Brand {
  readonly server: ParleyServer;
  readonly account: string;
  readonly #open: { close(): void }[] = [];

  constructor(server: ParleyServer, account: string) {
    this.server = server;
    this.account = account;
  }

  admin<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.server.admin<T>(this.account, method, path, body);
  }

  async set(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.admin('PATCH', 'settings', settings);
  }

  async skill(name: string, settings: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return (await this.admin<{ id: string }>('POST', 'skills', { name, settings })).id;
  }

  async agent(nickname: string, more: Readonly<Record<string, unknown>> & { readonly login?: string } = {}): Promise<Login> {
    const login = more.login ?? (nickname.toLowerCase().replaceAll(/[^a-z0-9]+/g, '') || 'agent');
    const password = `${login}-correct-horse`;
    const { user } = await this.admin<{ user: { id: number | string; pid: string } }>('POST', 'users', { login, nickname, password, role: 'agent', maxSlots: 50, ...more });
    return { account: this.account, id: String(user.id), pid: user.pid, login, password, nickname };
  }

  /** A consumer's program: nobody seen before, or whoever the token says. */
  async consumer(jwt?: string, properties: Readonly<Record<string, unknown>> = {}): Promise<ConsumerSocket> {
    return this.#keep(await ConsumerSocket.open(this.server.url, this.account, jwt, properties));
  }

  /** An agent's program. */
  async agentSocket(who: Login): Promise<AgentSocket> {
    return this.#keep(await AgentSocket.open(this.server.url, who));
  }

  dispose(): void {
    for (const one of this.#open) one.close();
  }

  #keep<T extends { close(): void }>(one: T): T {
    this.#open.push(one);
    return one;
  }
}
