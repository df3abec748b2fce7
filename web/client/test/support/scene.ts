import { afterEach, beforeEach, vi } from 'vitest';
import { createAgentClient, createConsumerClient, type AgentClient, type ConsumerClient, type ConsumerOptions, type Entry } from '../../src/index';
import { FakeServer } from './fakeServer';

/** Fake time, a fake server, and clients that are stopped after each test. */
export function scene() {
  const clients: { stop(): void }[] = [];
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-01-01T12:00:00Z') });
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    localStorage.clear();
    sessionStorage.clear();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.stop();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  return {
    pass: (ms = 50) => vi.advanceTimersByTimeAsync(ms),
    /** A consumer's client, not started. */
    consumer(server: FakeServer, options: Partial<ConsumerOptions> = {}): ConsumerClient {
      const client = createConsumerClient({ server: 'https://parley.test', account: 'demo', transport: server.transport, ...options });
      clients.push(client);
      return client;
    },
    /** The same, online. */
    async online(server: FakeServer, options: Partial<ConsumerOptions> = {}): Promise<ConsumerClient> {
      const client = this.consumer(server, options);
      client.start();
      await this.pass();
      return client;
    },
    /** An agent's client that goes on with the session of the tab. */
    resumed(server: FakeServer): AgentClient {
      const client = createAgentClient({ server: 'https://parley.test', account: 'demo', transport: server.transport });
      clients.push(client);
      client.resume();
      return client;
    },
    async agent(server: FakeServer): Promise<AgentClient> {
      const client = createAgentClient({ server: 'https://parley.test', account: 'demo', transport: server.transport });
      clients.push(client);
      await client.logIn('ada', 'secret');
      await this.pass();
      return client;
    },
  };
}

export const texts = (entries: readonly Entry[] | null | undefined): string[] =>
  (entries ?? []).map(entry => (entry.content.kind === 'text' ? entry.content.text : entry.content.kind));
export const statuses = (entries: readonly Entry[] | null | undefined): string[] => (entries ?? []).map(entry => entry.status);
