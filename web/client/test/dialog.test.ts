import { effect } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { FakeServer, type FakeConversation } from './support/fakeServer';
import { scene, statuses, texts } from './support/scene';

const withAgent: Partial<FakeConversation> = { agentPid: 'pid-7', agentId: 'demo.7' };

describe('a dialog', () => {
  const play = scene();
  const { pass } = play;

  it('goes on after the last number when the connection was lost, and takes nothing twice', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    server.agentSays('c1', 'one');
    const client = await play.online(server);
    server.agentSays('c1', 'two');
    await pass();
    server.socket.cut(1006);
    server.agentSays('c1', 'three');
    await pass(300);
    const numbers = server.of('ms.SubscribeMessagingEvents').map(frame => (frame.body as { fromSeq: number }).fromSeq);
    expect(numbers[0]).toBe(0);
    expect(numbers[1]).toBeGreaterThan(1);
    server.socket.tell(server.conversations.get('c1')!.events[0]!);
    await pass();
    server.agentSays('c1', 'four');
    await pass();
    expect(texts(client.current.entries.value)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('does not wait for numbers that it may not see', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    server.agentSays('c1', 'one');
    server.conversations.get('c1')!.events.push({ ...server.conversations.get('c1')!.events[0], sequence: 9 });
    const client = await play.online(server);
    expect(client.current.entries.value?.map(entry => entry.sequence)).toEqual([0, 9]);
  });

  it('shows a long replay at once, and later what comes in one turn as one change', { timeout: 30_000 }, async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    for (let i = 0; i < 10_000; i++) server.agentSays('c1', `message ${i}`);
    const client = play.consumer(server);
    let changes = 0;
    effect(() => void (client.current.entries.value, changes++));
    client.start();
    await pass();
    expect(client.current.entries.value).toHaveLength(10_000);
    expect(client.connection.value.kind).toBe('online');
    expect(changes).toBeLessThanOrEqual(3);
    changes = 0;
    for (let i = 0; i < 50; i++) server.agentSays('c1', `more ${i}`);
    await pass();
    expect(client.current.entries.value).toHaveLength(10_050);
    expect(changes).toBeLessThanOrEqual(2);
  });

  it('is not true before it has caught up', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    for (let i = 0; i < 5; i++) server.agentSays('c1', `m${i}`);
    server.on('ms.SubscribeMessagingEvents', (frame, socket) => {
      socket.answer(frame, {});
      for (const event of server.conversations.get('c1')!.events.slice(0, 3)) socket.tell(event);
      setTimeout(() => server.conversations.get('c1')!.events.slice(3).forEach(event => socket.tell(event)), 1_000);
      return 'answered';
    });
    const client = await play.online(server);
    expect(client.connection.value.kind).toBe('connecting');
    expect(client.current.entries.value).toBeNull();
    await pass(1_000);
    expect(client.connection.value.kind).toBe('online');
    expect(client.current.entries.value).toHaveLength(5);
  });

  it('acknowledges what others wrote, gathered, and says read once', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    server.agentSays('c1', 'one');
    server.agentSays('c1', 'two');
    const client = await play.online(server);
    await pass(200);
    const receipts = () => server.of('ms.PublishEvent').map(frame => (frame.body as { event: { status: string; sequenceList: number[] } }).event).map(event => [event.status, event.sequenceList]);
    expect(receipts()).toEqual([['ACCEPT', [0, 1]]]);
    expect(client.current.unread.value).toBe(2);
    client.current.markRead();
    client.current.markRead();
    expect(client.current.unread.value).toBe(0);
    await pass(200);
    client.current.markRead();
    await pass(200);
    expect(receipts()).toEqual([['ACCEPT', [0, 1]], ['READ', [0, 1]]]);
    server.agentSays('c1', 'three');
    await pass();
    client.current.markRead();
    await pass(200);
    expect(receipts().at(-1)).toEqual(['READ', [4]]);
    expect(receipts()).toHaveLength(3);
  });

  it('says read once also while the server has not answered', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    server.agentSays('c1', 'one');
    server.on('ms.PublishEvent', () => 'silent');
    const client = await play.online(server);
    client.current.markRead();
    await pass(200);
    server.agentSays('c1', 'two');
    await pass();
    client.current.markRead();
    await pass(200);
    expect(server.of('ms.PublishEvent')).toMatchObject([{ body: { event: { status: 'READ', sequenceList: [0] } } }, { body: { event: { status: 'READ', sequenceList: [1] } } }]);
  });

  it('does not acknowledge again after a reload, and counts as unread what is', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    server.agentSays('c1', 'one');
    const first = await play.online(server);
    await pass(200);
    first.current.markRead();
    await pass(200);
    first.stop();
    server.agentSays('c1', 'two');
    const sent = server.of('ms.PublishEvent').length;
    const second = await play.online(server);
    expect(second.current.unread.value).toBe(1);
    await pass(200);
    expect(server.of('ms.PublishEvent').slice(sent)).toMatchObject([{ body: { event: { status: 'ACCEPT', sequenceList: [3] } } }]);
  });

  it('remembers what was read in a conversation that has ended and takes no receipts', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    server.agentSays('c1', 'Good bye');
    server.close('c1');
    const first = await play.online(server);
    expect(first.current.unread.value).toBe(1);
    first.current.markRead();
    await pass(200);
    first.stop();
    const second = await play.online(server);
    expect(second.current.unread.value).toBe(0);
    expect(server.of('ms.PublishEvent')).toHaveLength(0);
  });

  it('says receipts again that were on their way when the connection was lost', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    server.agentSays('c1', 'one');
    server.on('ms.PublishEvent', () => 'silent');
    const client = await play.online(server);
    client.current.markRead();
    await pass(200);
    server.off('ms.PublishEvent');
    server.socket.cut(1006);
    await pass(600);
    expect(server.of('ms.PublishEvent').map(frame => frame.body)).toMatchObject([{ event: { status: 'READ' } }, { event: { status: 'READ', sequenceList: [0] } }]);
  });

  it('marks what an agent wrote by the consumer\'s receipts alone', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    const agent = await play.agent(server);
    agent.list({ open: true });
    const dialog = agent.dialog('c1');
    await pass();
    dialog.sendText('one');
    dialog.sendText('for colleagues', { isPrivate: true });
    await pass();
    const receipt = (id: string, role: string, status: string, numbers: number[]) => server.store('c1', { id, role }, { type: 'AcceptStatusEvent', status, sequenceList: numbers });
    receipt('pid-8', 'MANAGER', 'READ', [0]);
    await pass();
    expect(statuses(dialog.entries.value)).toEqual(['sent', 'sent']);
    const before = dialog.entries.value;
    receipt('consumer-1', 'CONSUMER', 'ACCEPT', [0]);
    await pass();
    expect(statuses(dialog.entries.value)).toEqual(['delivered', 'sent']);
    expect(dialog.entries.value![1]).toBe(before![1]);
    receipt('consumer-1', 'CONSUMER', 'READ', [0]);
    receipt('pid-8', 'MANAGER', 'READ', [1]);
    await pass();
    expect(statuses(dialog.entries.value)).toEqual(['read', 'read']);
  });

  it('does not call delivered what only another tab of the same consumer has', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    const first = await play.online(server);
    const second = await play.online(server);
    first.current.sendText('Hello');
    await pass(300);
    expect(statuses(first.current.entries.value)).toEqual(['sent']);
    expect(texts(second.current.entries.value)).toEqual(['Hello']);
    expect(second.current.entries.value![0]).toMatchObject({ mine: true, status: 'sent' });
    expect(server.of('ms.PublishEvent')).toHaveLength(1);
  });

  it('may be looked at by a manager who takes no part: he says nothing', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', agentPid: 'pid-8', agentId: 'demo.8' });
    server.consumerSays('c1', 'Hello');
    const agent = await play.agent(server);
    agent.list({ open: true });
    const dialog = agent.dialog('c1');
    await pass(300);
    dialog.markRead();
    await pass(300);
    expect(texts(dialog.entries.value)).toEqual(['Hello']);
    expect(server.of('ms.PublishEvent')).toHaveLength(0);
  });

  it('says why it cannot be read, and is read once the agent takes part', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    server.consumerSays('c1', 'Hello');
    server.on('ms.SubscribeMessagingEvents', (frame, socket) => (socket.refuse(frame, 403, 'Not a participant of this dialog'), 'answered'));
    const agent = await play.agent(server);
    agent.list({});
    const dialog = agent.dialog('c1');
    await pass();
    expect(dialog.error.value).toEqual({ code: 403, text: 'Not a participant of this dialog' });
    server.off('ms.SubscribeMessagingEvents');
    Object.assign(server.conversations.get('c1')!, withAgent);
    server.changed('c1');
    await pass();
    expect(dialog.error.value).toBeNull();
    expect(texts(dialog.entries.value)).toEqual(['Hello']);
  });

  it('shows who is writing, and not for ever', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    const client = await play.online(server);
    const says = (chatState: string) => server.socket.tell({ originatorMetadata: { id: 'pid-7', role: 'ASSIGNED_AGENT' }, event: { type: 'ChatStateEvent', chatState }, dialogId: 'c1' });
    says('COMPOSING');
    await pass();
    expect(client.current.composing.value).toEqual(['pid-7']);
    await pass(9_000);
    expect(client.current.composing.value).toEqual([]);
    says('COMPOSING');
    await pass();
    server.agentSays('c1', 'There');
    await pass();
    expect(client.current.composing.value).toEqual([]);
    says('COMPOSING');
    await pass();
    says('PAUSE');
    await pass();
    expect(client.current.composing.value).toEqual([]);
  });

  it('tells agents whether the consumer is there', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    const agent = await play.agent(server);
    const dialog = agent.dialog('c1');
    await pass();
    expect(dialog.consumerPresent.value).toBeNull();
    for (const [chatState, isThere] of [['BACKGROUND', false], ['ACTIVE', true]] as const) {
      server.socket.tell({ originatorMetadata: { id: 'consumer-1', role: 'CONSUMER' }, event: { type: 'ChatStateEvent', chatState }, dialogId: 'c1' });
      await pass();
      expect(dialog.consumerPresent.value).toBe(isThere);
    }
  });

  it('says that he is writing every few seconds, and when he stops', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    const client = await play.online(server);
    const states = () => server.of('ms.PublishEvent').map(frame => (frame.body as { event: { chatState?: string } }).event.chatState).filter(Boolean);
    for (let i = 0; i < 50; i++) {
      client.current.typed();
      await pass(100);
    }
    expect(states()).toEqual(['COMPOSING', 'COMPOSING']);
    await pass(6_000);
    expect(states()).toEqual(['COMPOSING', 'COMPOSING', 'PAUSE']);
    client.current.typed();
    client.current.sendText('Hello');
    await pass(10_000);
    expect(states()).toEqual(['COMPOSING', 'COMPOSING', 'PAUSE', 'COMPOSING']);
  });

  it('is kept when it is left, so that coming back brings only what is new', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    server.consumerSays('c1', 'one');
    const agent = await play.agent(server);
    const first = agent.dialog('c1');
    await pass();
    first.close();
    server.consumerSays('c1', 'two');
    await pass();
    const second = agent.dialog('c1');
    expect(texts(second.entries.value)).toEqual(['one', 'two']);
    second.close();
    server.socket.cut(1006);
    server.consumerSays('c1', 'three');
    await pass(300);
    const third = agent.dialog('c1');
    await pass();
    expect(texts(third.entries.value)).toEqual(['one', 'two', 'three']);
    expect(server.of('ms.SubscribeMessagingEvents').map(frame => (frame.body as { fromSeq: number }).fromSeq)).toEqual([0, 2]);
  });
});
