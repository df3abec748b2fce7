import { effect } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { FakeServer, type FakeConversation } from './support/fakeServer';
import type { Frame } from './support/fakeSocket';
import { scene, statuses, texts } from './support/scene';

const withAgent: Partial<FakeConversation> = { agentPid: 'pid-7', agentId: 'demo.7' };
const published = (server: FakeServer) =>
  server.of('ms.PublishEvent').map(frame => frame.body as { eventId: string; dialogId: string; event: { message?: string } }).filter(body => body.event.message !== undefined);
const stored = (server: FakeServer) => [...server.conversations.values()].flatMap(c => c.events).map(change => (change.event as Frame).message).filter(Boolean);

describe('what is sent', () => {
  const play = scene();
  const { pass } = play;

  it('is on the screen at once, keeps its key, and opens a conversation once', async () => {
    const server = new FakeServer();
    const client = await play.online(server, { skillId: '1001', context: { type: 'SharkContext', lang: 'de' } });
    const key = client.current.sendText('Hello');
    client.current.sendText('again');
    expect(client.current.entries.value).toMatchObject([{ key, mine: true, status: 'sending', sequence: null, from: { id: 'consumer-1', role: 'CONSUMER' } }, { status: 'sending' }]);
    await pass();
    expect(client.current.entries.value).toMatchObject([{ key, status: 'sent', sequence: 0 }, { status: 'sent', sequence: 1 }]);
    expect(server.of('cm.ConsumerRequestConversation')).toMatchObject([{ body: { skillId: '1001', conversationContext: { lang: 'de' }, eventId: expect.stringMatching(/^.{1,64}$/) } }]);
    expect(client.current.conversation.value?.id).toBe(server.conversations.keys().next().value);
  });

  it('never disappears nor doubles on the way to the server and back', async () => {
    const server = new FakeServer();
    const client = await play.online(server);
    const seen: string[] = [];
    effect(() => void seen.push(texts(client.current.entries.value).join()));
    client.current.sendText('one');
    client.current.sendText('two');
    await pass(500);
    server.agentSays(client.current.conversation.value!.id, 'three');
    client.current.sendText('four');
    await pass(500);
    expect([...new Set(seen)]).toEqual(['', 'one', 'one,two', expect.stringMatching(/^one,two,(three|four)$/), expect.stringMatching(/^one,two,(three,four|four,three)$/)]);
  });

  it.each(['answer', 'notification'])('is not doubled when its %s comes first', async first => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    const client = await play.online(server);
    server.on('ms.PublishEvent', (frame, socket) => {
      const body = frame.body as Frame;
      const tell = () => server.store('c1', { id: 'consumer-1', role: 'CONSUMER' }, body.event as Frame, body.eventId as string);
      const answer = () => socket.answer(frame, { sequence: 0 });
      (first === 'answer' ? answer : tell)();
      setTimeout(first === 'answer' ? tell : answer, 500);
      return 'answered';
    });
    client.current.sendText('Hello');
    await pass(100);
    expect(client.current.entries.value).toMatchObject([{ status: 'sent', sequence: 0 }]);
    await pass(1_000);
    expect(client.current.entries.value).toMatchObject([{ status: 'sent', sequence: 0 }]);
    expect(published(server)).toHaveLength(1);
  });

  it('waits while there is no connection, and goes in order', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    const client = await play.online(server);
    server.isUp = false;
    server.socket.cut(1006);
    for (const text of ['one', 'two', 'three']) client.current.sendText(text);
    expect(statuses(client.current.entries.value)).toEqual(['sending', 'sending', 'sending']);
    await pass(5_000);
    server.isUp = true;
    await pass(20_000);
    expect(stored(server)).toEqual(['one', 'two', 'three']);
    expect(statuses(client.current.entries.value)).toEqual(['sent', 'sent', 'sent']);
  });

  it('is repeated with the same event id when its answer was lost, and is there once', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    const client = await play.online(server);
    server.on('ms.PublishEvent', (frame, socket) => {
      const body = frame.body as Frame;
      // Stored, but nobody hears of it.
      socket.isDead = true;
      server.store('c1', { id: 'consumer-1', role: 'CONSUMER' }, body.event as Frame, body.eventId as string);
      server.off('ms.PublishEvent');
      return 'answered';
    });
    client.current.sendText('Hello');
    await pass();
    server.socket.cut(1006);
    await pass(500);
    expect(texts(client.current.entries.value)).toEqual(['Hello']);
    expect(statuses(client.current.entries.value)).toEqual(['sent']);
    expect(stored(server)).toEqual(['Hello']);
  });

  it('opens one conversation when the answer to that was lost, also over a reload', async () => {
    const server = new FakeServer();
    server.on('cm.ConsumerRequestConversation', () => 'silent');
    const first = await play.online(server);
    first.current.sendText('Hello');
    await pass();
    first.stop();
    server.off('cm.ConsumerRequestConversation');
    const second = await play.online(server);
    expect(texts(second.current.entries.value)).toEqual(['Hello']);
    await pass();
    const [a, b] = server.of('cm.ConsumerRequestConversation').map(frame => frame.body);
    expect(b).toEqual(a);
    expect(server.conversations.size).toBe(1);
    expect(stored(server)).toEqual(['Hello']);
    expect(localStorage.getItem('parley.demo.outbox.consumer-1')).toBeNull();
  });

  it('is written before there is anybody, kept over a reload, and sent by whom it becomes', async () => {
    const server = new FakeServer();
    server.isUp = false;
    const first = play.consumer(server);
    first.start();
    first.current.sendText('Early');
    await pass();
    first.stop();
    server.isUp = true;
    const second = play.consumer(server);
    expect(texts(second.current.entries.value)).toEqual(['Early']);
    second.start();
    await pass();
    expect(stored(server)).toEqual(['Early']);
    expect(Object.keys({ ...localStorage }).filter(key => key.includes('outbox'))).toEqual([]);
  });

  it('says why it failed, lets others pass, can be tried again and taken away', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    const client = await play.online(server);
    server.on('ms.PublishEvent', (frame, socket) => {
      if (!String(((frame.body as Frame).event as Frame).message).startsWith('bad')) return undefined;
      socket.refuse(frame, 400, 'message is longer than the limit');
      return 'answered';
    });
    const bad = client.current.sendText('bad');
    client.current.sendText('good');
    await pass();
    expect(client.current.entries.value).toMatchObject([
      { status: 'sent', content: { text: 'good' } },
      { key: bad, status: 'failed', error: { code: 400, text: 'message is longer than the limit' } },
    ]);
    server.off('ms.PublishEvent');
    client.current.retry(bad);
    expect(client.current.entries.value?.at(-1)?.status).toBe('sending');
    await pass();
    expect(statuses(client.current.entries.value)).toEqual(['sent', 'sent']);
    const ids = published(server).filter(body => body.event.message === 'bad').map(body => body.eventId);
    expect(ids).toEqual([bad, bad]);
    server.on('ms.PublishEvent', (frame, socket) => (socket.refuse(frame, 403, 'no'), 'answered'));
    const worse = client.current.sendText('worse');
    await pass();
    client.current.discard(worse);
    await pass();
    expect(texts(client.current.entries.value)).toEqual(['good', 'bad']);
  });

  it.each([429, 500, 503])('is tried again later when the server answers %i', async code => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    const client = await play.online(server);
    let times = 2;
    server.on('ms.PublishEvent', (frame, socket) => (times-- > 0 ? (socket.refuse(frame, code, 'not now'), 'answered') : undefined));
    client.current.sendText('one');
    client.current.sendText('two');
    await pass();
    expect(statuses(client.current.entries.value)).toEqual(['sending', 'sending']);
    await pass(10_000);
    expect(stored(server)).toEqual(['one', 'two']);
    expect(new Set(published(server).map(body => body.eventId)).size).toBe(2);
  });

  it('opens another conversation when the one it was meant for has ended', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    server.agentSays('c1', 'Bye');
    const client = await play.online(server);
    server.close('c1');
    await pass();
    expect(client.current.conversation.value).toMatchObject({ id: 'c1', mainOpen: false });
    expect(texts(client.current.entries.value)).toEqual(['Bye']);
    client.current.sendText('One more thing');
    await pass();
    expect(client.current.conversation.value?.mainOpen).toBe(true);
    expect(client.current.conversation.value?.id).not.toBe('c1');
    expect(texts(client.current.entries.value)).toEqual(['One more thing']);
  });

  it('opens another when it ended before this client heard of it', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    const client = await play.online(server);
    server.conversations.get('c1')!.open = false;
    client.current.sendText('one');
    client.current.sendText('two');
    await pass(200);
    expect(server.of('cm.ConsumerRequestConversation')).toHaveLength(1);
    expect(stored(server)).toEqual(['one', 'two']);
    expect(client.current.conversation.value?.id).not.toBe('c1');
  });

  it('is one message when two tabs have it', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    const first = await play.online(server);
    const second = await play.online(server);
    server.isUp = false;
    for (const socket of server.sockets) socket.cut(1006);
    const before = localStorage.getItem('parley.demo.outbox.consumer-1');
    first.current.sendText('Hello');
    const key = 'parley.demo.outbox.consumer-1';
    globalThis.dispatchEvent(Object.assign(new Event('storage'), { key, oldValue: before, newValue: localStorage.getItem(key) }));
    await pass();
    expect(texts(second.current.entries.value)).toEqual(['Hello']);
    first.stop();
    server.isUp = true;
    second.current.sendText('and more');
    await pass(20_000);
    expect(stored(server)).toEqual(['Hello', 'and more']);
    expect(texts(second.current.entries.value)).toEqual(['Hello', 'and more']);
    expect(localStorage.getItem(key)).toBeNull();
  });

  it('of agents survives the page, also when its answer was lost, and is there once', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    const agent = await play.agent(server);
    const dialog = agent.dialog('c1');
    await pass();
    server.on('ms.PublishEvent', (frame, socket) => {
      const body = frame.body as Frame;
      socket.isDead = true;
      server.store('c1', { id: 'pid-7', role: 'ASSIGNED_AGENT' }, body.event as Frame, body.eventId as string);
      server.off('ms.PublishEvent');
      return 'answered';
    });
    dialog.sendText('Stored, and nobody heard');
    await pass();
    server.isUp = false;
    server.socket.cut(1006);
    const key = dialog.sendText('For colleagues', { isPrivate: true, metadata: [{ type: 'ExternalId', id: 'x' }] });
    expect(agent.unsent()).toEqual({ messages: 2, files: 0 });
    agent.stop();
    server.isUp = true;
    const again = play.resumed(server);
    const same = again.dialog('c1');
    expect(again.unsent()).toEqual({ messages: 2, files: 0 });
    await pass(1_000);
    expect(same.entries.value).toMatchObject([
      { content: { text: 'Stored, and nobody heard' }, status: 'sent' },
      { key, isPrivate: true, status: 'sent', metadata: [{ type: 'ExternalId', id: 'x' }] },
    ]);
    expect(stored(server)).toEqual(['Stored, and nobody heard', 'For colleagues']);
    expect(localStorage).toHaveLength(0);
  });

  it('of agents is another agent\'s neither after a logout nor after a login', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    const agent = await play.agent(server);
    server.isUp = false;
    server.socket.cut(1006);
    agent.dialog('c1').sendText('Mine');
    await Promise.all([agent.logOut(), pass(30_000)]);
    expect(localStorage).toHaveLength(0);
    expect(agent.unsent().messages).toBe(0);
    server.isUp = true;
    localStorage.setItem('parley.demo.outbox.pid-8', JSON.stringify([{ eventId: 'e', target: 'c1', event: { type: 'ContentEvent', message: 'Of pid-8' } }]));
    const next = await play.agent(server);
    next.dialog('c1');
    await pass(1_000);
    expect(stored(server)).toEqual([]);
    expect(localStorage).toHaveLength(1);
  });

  it('of agents counts files that go with the page', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    const agent = await play.agent(server);
    server.isUp = false;
    server.socket.cut(1006);
    agent.dialog('c1').sendFile(new File(['x'], 'x.txt'));
    expect(agent.unsent()).toEqual({ messages: 1, files: 1 });
    expect(localStorage).toHaveLength(0);
  });
});
