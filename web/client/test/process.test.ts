// @vitest-environment node
import { effect } from '@preact/signals-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createAgentClient, createConsumerClient, type KeyValueStorage } from '../src/index';
import { ParleyProcess } from './support/parleyProcess';
import { texts } from './support/scene';

/** Resolves when the expression, which reads signals, is true. */
const until = (what: () => unknown): Promise<void> =>
  new Promise(resolve => {
    let end: (() => void) | null = null;
    let isDone = false;
    end = effect(() => {
      if (isDone || !what()) return;
      isDone = true;
      queueMicrotask(() => (end?.(), resolve()));
    });
  });

class MemoryStorage extends Map<string, string> implements KeyValueStorage {
  getItem = (key: string) => this.get(key) ?? null;
  setItem = (key: string, value: string) => void this.set(key, value);
  removeItem = (key: string) => void this.delete(key);
}

describe.skipIf(!process.env.PARLEY)('with a real server', () => {
  let parley: ParleyProcess;
  beforeAll(async () => {
    parley = await ParleyProcess.start(process.env.PARLEY!);
  }, 60_000);
  afterAll(() => parley?.remove());

  it('loses and doubles nothing when the server is killed in the middle of a conversation', { timeout: 120_000 }, async () => {
    const options = { server: parley.url, account: 'demo', transport: { WebSocket: WebSocket as unknown as new (url: string) => globalThis.WebSocket } };
    const storage = new MemoryStorage();
    const { LP_USER, LP_PASS } = await parley.environment();
    const agent = createAgentClient({ ...options, storage: new MemoryStorage() });
    let consumer = createConsumerClient({ ...options, storage });
    try {
      await agent.logIn(LP_USER!, LP_PASS!);
      const list = agent.list({ open: true });
      consumer.start();
      await until(() => agent.connection.value.kind === 'online' && consumer.connection.value.kind === 'online');
      expect(agent.role.value).toBe('agent');
      await agent.setState('ONLINE');
      consumer.current.sendText('consumer first');
      await until(() => agent.rings.value.length > 0);
      await agent.accept(agent.rings.value[0]!.id);
      await until(() => list.conversations.value?.some(c => c.assignedAgentId === agent.id.value));
      const conversation = list.conversations.value![0]!;
      const dialog = agent.dialog(conversation.id);
      await until(() => dialog.entries.value?.length === 1);

      const expected = ['consumer first'];
      for (let i = 0; i < 40; i++) {
        consumer.current.sendText(`consumer ${i}`);
        dialog.sendText(`agent ${i}`);
        expected.push(`consumer ${i}`, `agent ${i}`);
      }
      await until(() => dialog.entries.value!.filter(entry => entry.status !== 'sending').length > 20);
      await parley.kill();
      dialog.sendText('agent offline');
      consumer.current.sendText('consumer offline');
      expected.push('agent offline', 'consumer offline');
      await until(() => agent.connection.value.kind === 'offline' && consumer.connection.value.kind === 'offline');

      // The consumer's page is reloaded while the server is away.
      consumer.stop();
      consumer = createConsumerClient({ ...options, storage });
      consumer.start();
      expect(texts(consumer.current.entries.value)).toContain('consumer offline');

      await parley.start();
      await until(() => agent.connection.value.kind === 'online' && consumer.connection.value.kind === 'online');
      const isDone = (entries: typeof dialog.entries.value) => entries?.length === expected.length && entries.every(entry => entry.sequence !== null && entry.status !== 'sending');
      await until(() => isDone(dialog.entries.value) && isDone(consumer.current.entries.value));
      const shown = texts(dialog.entries.value);
      expect([...shown].sort()).toEqual([...expected].sort());
      expect(texts(consumer.current.entries.value)).toEqual(shown);
      for (const who of ['consumer', 'agent']) expect(shown.filter(text => text.startsWith(who))).toEqual(expected.filter(text => text.startsWith(who)));
      expect(consumer.conversations.conversations.value).toHaveLength(1);

      consumer.current.markRead();
      await until(() => dialog.entries.value!.filter(entry => entry.mine).every(entry => entry.status === 'read'));
      await agent.closeConversation(conversation.id);
      await until(() => consumer.current.conversation.value?.mainOpen === false && list.conversations.value?.length === 0);
    } finally {
      consumer.stop();
      agent.stop();
    }
  });
});
