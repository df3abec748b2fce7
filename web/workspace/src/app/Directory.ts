import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { AgentCard, AgentClient, Profile } from '@parley/client';
import type { AdminClient } from '@parley/client/admin';

const atOnce = 4;
const skillsFreshFor = 10_000;

/** Names of consumers, agents and skills: fetched when somebody first asks, a few at a time, and kept. */
export class Directory {
  readonly #client: AgentClient;
  readonly #admin: AdminClient;
  readonly #version = signal(0);
  readonly #profiles = new Map<string, Signal<Profile | null>>();
  readonly #cards = new Map<string, Signal<AgentCard | null>>();
  readonly #skills = signal<ReadonlyMap<string, string>>(new Map());
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = 0;
  #skillsAskedAt = 0;

  constructor(client: AgentClient, admin: AdminClient) {
    this.#client = client;
    this.#admin = admin;
  }

  /** Another number whenever a name became known. */
  get version(): ReadonlySignal<number> {
    return this.#version;
  }

  get skills(): ReadonlySignal<ReadonlyMap<string, string>> {
    return this.#skills;
  }

  async loadSkills(): Promise<void> {
    this.#skillsAskedAt = Date.now();
    const skills = await this.#admin.skills();
    this.#skills.value = new Map(skills.map((skill) => [skill.id, skill.name]));
    this.#version.value++;
  }

  skillName(id: string | null): string {
    if (id === null) return 'No skill';
    const name = this.#skills.value.get(id);
    // One that was added since; an id that no skill has is not asked for at every drawing.
    if (name === undefined && Date.now() - this.#skillsAskedAt > skillsFreshFor) void this.loadSkills().catch(() => undefined);
    return name ?? `Skill ${id}`;
  }

  profile(id: string): ReadonlySignal<Profile | null> {
    return this.#find(this.#profiles, id, () => this.#client.profile(id));
  }

  /** Asks again: the consumer may have told more of himself. */
  async freshenProfile(id: string): Promise<void> {
    const known = this.#profiles.get(id);
    const profile = await this.#client.profile(id).catch(() => null);
    if (known !== undefined && profile !== null) known.value = profile;
  }

  /** A name in any case: the one he has, else one made of his id. */
  consumerName(id: string): string {
    return nameOf(this.profile(id).value) ?? `Visitor ${id.replaceAll('-', '').slice(-4)}`;
  }

  /** By his public id; one to whom a conversation is only handed goes by `account.number`, until some record names him by both. */
  agent(id: string): ReadonlySignal<AgentCard | null> {
    return this.#find(this.#cards, id, async () => {
      if (!id.startsWith(`${this.#client.account}.`)) return this.#client.agentCard(id);
      const colleague = (await this.#admin.colleagues())?.find((one) => one.id === id);
      return this.#client.agentCard(colleague?.pid ?? id);
    });
  }

  agentName(id: string): string {
    const card = this.agent(id).value;
    return card?.nickname ?? card?.fullName ?? 'A colleague';
  }

  #find<T>(known: Map<string, Signal<T | null>>, id: string, fetch: () => Promise<T>): ReadonlySignal<T | null> {
    let found = known.get(id);
    if (found === undefined) {
      const fresh = (found = signal<T | null>(null));
      known.set(id, fresh);
      this.#queue(async () => {
        try {
          fresh.value = await fetch();
          this.#version.value++;
        } catch {
          // Asked again the next time somebody wants the name.
          known.delete(id);
        }
      });
    }
    return found;
  }

  #queue(task: () => Promise<void>): void {
    this.#waiting.push(task);
    while (this.#running < atOnce && this.#waiting.length > 0) {
      this.#running++;
      void this.#waiting.shift()!().finally(() => {
        this.#running--;
        const next = this.#waiting.shift();
        if (next !== undefined) this.#queue(next);
      });
    }
  }
}

export function nameOf(profile: Profile | null): string | null {
  if (profile === null) return null;
  const whole = [profile.firstName, profile.lastName].filter(Boolean).join(' ');
  return whole !== '' ? whole : (profile.nickname ?? profile.email);
}
