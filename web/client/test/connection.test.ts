import { effect } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import { FakeServer } from './support/fakeServer';
import { scene, texts } from './support/scene';

describe('the connection', () => {
  const { pass, consumer, ...rest } = scene();
  const online = rest.online.bind({ pass, consumer, ...rest });

  it('introduces itself, learns the clock and is online when everything has caught up', async () => {
    const server = new FakeServer();
    server.clock = 90_000;
    server.add({ id: 'c1' });
    server.agentSays('c1', 'Hello');
    const client = consumer(server);
    const seen: string[] = [];
    effect(() => void seen.push(`${client.connection.value.kind} ${texts(client.current.entries.value).join()}`));
    client.start();
    await pass();
    expect(seen.at(0)).toBe('connecting ');
    expect(seen).not.toContain('online ');
    expect(seen.at(-1)).toBe('online Hello');
    expect(client.id.value).toBe('consumer-1');
    expect(Math.abs(client.now() - Date.now() - 90_000)).toBeLessThan(10);
    expect(server.socket.url).toBe('wss://parley.test/ws_api/account/demo/messaging/consumer?v=3');
    const [init] = server.of('InitConnection');
    expect(init!.headers).toMatchObject([{ type: '.ams.headers.ClientProperties', features: expect.arrayContaining(['RICH_CONTENT', 'MULTI_DIALOG', 'AUTO_MESSAGES']) }, { type: '.ams.headers.ConsumerAuthentication' }]);
  });

  it('waits longer after each failure, and says until when', async () => {
    const server = new FakeServer();
    const client = await online(server);
    server.isUp = false;
    server.socket.cut(1006);
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      const state = client.connection.value;
      if (state.kind !== 'offline') throw new Error(state.kind);
      waits.push(state.retryAt - Date.now());
      await pass(state.retryAt - Date.now() + 1);
    }
    expect(waits.map(Math.round)).toEqual([250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
    expect(client.connection.value).toMatchObject({ kind: 'offline', since: expect.any(Number) });
    server.isUp = true;
    await pass(15_100);
    expect(client.connection.value).toEqual({ kind: 'online' });
  });

  it('begins with short waits again only after a connection that held', async () => {
    const server = new FakeServer();
    const client = await online(server);
    const lose = async () => {
      server.socket.cut(1001);
      const state = client.connection.value;
      await pass(state.kind === 'offline' ? state.retryAt - Date.now() + 50 : 0);
    };
    await pass(60_000);
    await lose();
    await lose();
    server.socket.cut(1001);
    expect(client.connection.value).toMatchObject({ retryAt: Date.now() + 1_000 });
    await pass(1_050);
    await pass(11_000);
    server.socket.cut(1001);
    expect(client.connection.value).toMatchObject({ retryAt: Date.now() + 250 });
  });

  it.each(['online', 'pageshow'])('tries at once on %s', async name => {
    const server = new FakeServer();
    const client = await online(server);
    server.isUp = false;
    server.socket.cut(1006);
    await pass(20_000);
    server.isUp = true;
    const sockets = server.sockets.length;
    globalThis.dispatchEvent(new Event(name));
    await pass();
    expect(client.connection.value.kind).toBe('online');
    expect(server.sockets.length).toBe(sockets + 1);
  });

  it('asks whether the server is there when it is quiet, and gives a dead socket up', async () => {
    const server = new FakeServer();
    const client = await online(server);
    const asked = server.of('GetClock').length;
    await pass(36_000);
    expect(server.of('GetClock').length).toBe(asked + 1);
    expect(client.connection.value.kind).toBe('online');
    server.socket.isDead = true;
    await pass(46_000);
    expect(server.sockets.length).toBe(2);
    expect(client.connection.value.kind).toBe('online');
  });

  it('checks at once when the machine wakes up', async () => {
    const server = new FakeServer();
    await online(server);
    await pass(4_000);
    server.socket.isDead = true;
    // Asleep: the clock goes on, timers do not.
    vi.setSystemTime(Date.now() + 20_000);
    await pass(5_000 + 10_000 + 400);
    expect(server.sockets.length).toBe(2);
  });

  it('is lost at once to those who wait when it is stopped', async () => {
    const server = new FakeServer();
    const client = await online(server);
    server.on('cm.UpdateConversationField', () => 'silent');
    const update = client.rate('c1', 5);
    const request = client.request('ms.QueryMessages', {});
    client.stop();
    await expect(request).rejects.toMatchObject({ code: 0 });
    await expect(update).rejects.toMatchObject({ code: 0 });
    await expect(client.request('GetClock')).rejects.toMatchObject({ code: 0 });
    expect(client.connection.value).toEqual({ kind: 'ended', reason: 'stopped' });
    client.start();
    await pass();
    expect(client.connection.value.kind).toBe('online');
  });

  it('repeats a change over a lost connection with the same event id', async () => {
    const server = new FakeServer();
    const client = await online(server);
    server.on('cm.UpdateConversationField', () => 'silent');
    const done = client.closeConversation('c1');
    await pass();
    server.off('cm.UpdateConversationField');
    server.socket.cut(1006);
    await pass(1_000);
    await done;
    const ids = server.of('cm.UpdateConversationField').map(frame => (frame.body as { eventId: string }).eventId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]!.length).toBeLessThanOrEqual(64);
  });

  it('repeats what the server cannot do now, not what it refuses', async () => {
    const server = new FakeServer();
    const client = await online(server);
    let tries = 0;
    server.on('cm.UpdateConversationField', (frame, socket) => {
      if (++tries < 3) socket.refuse(frame, tries === 1 ? 503 : 429, 'busy');
      else socket.answer(frame, 'OK');
      return 'answered';
    });
    const rated = client.rate('c1', 4);
    await pass(5_000);
    await rated;
    expect(tries).toBe(3);
    server.on('cm.UpdateConversationField', (frame, socket) => (socket.refuse(frame, 400, 'Conversation is closed'), 'answered'));
    const refused = expect(client.rate('c1', 4)).rejects.toMatchObject({ code: 400, text: 'Conversation is closed' });
    await pass();
    await refused;
  });
});
