import { effect } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { FakeServer, type FakeConversation } from './support/fakeServer';
import type { Frame } from './support/fakeSocket';
import { scene } from './support/scene';

const withAgent: Partial<FakeConversation> = { agentPid: 'pid-7', agentId: 'demo.7' };

describe('a list', () => {
  const play = scene();
  const { pass } = play;
  const ids = (list: { conversations: { value: readonly { id: string }[] | null } }) => list.conversations.value?.map(c => c.id);

  it('asks for what its filter says', async () => {
    const server = new FakeServer();
    const agent = await play.agent(server);
    agent.list({ open: true, mine: true });
    agent.list({ closed: true, consumerId: 'k', updatedSince: 5 });
    agent.list({ open: true, closed: true });
    await pass();
    expect(server.of('cqm.SubscribeExConversations').map(frame => frame.body)).toEqual([
      { stage: ['OPEN'], agentIds: ['demo.7'] },
      { stage: ['CLOSE'], consumerId: 'k', minLastUpdatedTime: 5 },
      {},
    ]);
  });

  it('changes as the server says; what did not change stays the same object', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    server.add({ id: 'c2', ...withAgent });
    const agent = await play.agent(server);
    const list = agent.list({ open: true });
    expect(list.conversations.value).toBeNull();
    await pass();
    expect(ids(list)).toEqual(['c1', 'c2']);
    const [first, second] = list.conversations.value!;
    server.changed('c2');
    await pass();
    expect(list.get('c1')).toBe(first);
    expect(list.get('c2')).not.toBe(second);
    server.close('c1');
    await pass();
    expect(ids(list)).toEqual(['c2']);
  });

  it('becomes in one step what it is after a reconnect', async () => {
    const server = new FakeServer();
    for (const id of ['c1', 'c2', 'c3']) server.add({ id, ...withAgent });
    const agent = await play.agent(server);
    const list = agent.list({ open: true });
    await pass();
    const same = list.get('c3');
    const seen: string[] = [];
    effect(() => void seen.push(`${agent.connection.value.kind} ${ids(list)?.join()}`));
    server.socket.cut(1006);
    server.conversations.get('c1')!.open = false;
    server.conversations.get('c2')!.updated++;
    server.add({ id: 'c4', ...withAgent });
    await pass(500);
    expect(new Set(seen)).toEqual(new Set(['online c1,c2,c3', 'offline c1,c2,c3', 'connecting c1,c2,c3', 'connecting c2,c3,c4', 'online c2,c3,c4']));
    expect(list.get('c3')).toBe(same);
  });

  it('shows a burst as few changes', async () => {
    const server = new FakeServer();
    for (let i = 0; i < 500; i++) server.add({ id: `c${i}`, ...withAgent });
    const agent = await play.agent(server);
    const list = agent.list({ open: true });
    await pass();
    let changes = 0;
    effect(() => void (list.conversations.value, changes++));
    changes = 0;
    for (let i = 0; i < 50; i++) server.changed(`c${i}`);
    await pass();
    expect(changes).toBe(1);
    expect(list.conversations.value).toHaveLength(500);
  });

  it('is not followed any more when it is closed', async () => {
    const server = new FakeServer();
    const agent = await play.agent(server);
    const list = agent.list({ open: true });
    await pass();
    list.close();
    await pass();
    server.socket.cut(1006);
    await pass(500);
    expect(server.of('cqm.UnsubscribeExConversations')).toMatchObject([{ body: { subscriptionId: expect.any(String) } }]);
    expect(server.of('cqm.SubscribeExConversations')).toHaveLength(1);
  });

  it('names everybody by public ids, in records of either generation', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    server.agentSays('c1', 'Hello');
    const agent = await play.agent(server);
    const [consumer, list] = [await play.online(server), agent.list({})];
    await pass();
    const people = [{ id: 'consumer-1', role: 'CONSUMER', state: 'ACTIVE' }, { id: 'pid-7', role: 'ASSIGNED_AGENT', state: 'ACTIVE' }];
    for (const conversation of [list.get('c1')!, consumer.conversations.get('c1')!]) {
      expect(conversation).toMatchObject({ consumerId: 'consumer-1', assignedAgentId: 'pid-7', participants: people, skillId: null, open: true, mainOpen: true, dueAt: null });
      expect(conversation.dialogs).toMatchObject([{ id: 'c1', type: 'MAIN', open: true, participants: people }]);
    }
    expect(list.get('c1')).toMatchObject({ unread: 1, last: { text: 'Hello', fromId: 'pid-7', role: 'ASSIGNED_AGENT', sequence: 0 } });
    expect(consumer.conversations.get('c1')).toMatchObject({ unread: 0, last: null });
  });

  it('reads the other members of a record', async () => {
    const server = new FakeServer();
    const conversation = server.add({ id: 'c1', ...withAgent });
    const record = server.record(conversation, true);
    server.record = () => ({
      ...record, effectiveTTR: 123,
      conversationDetails: {
        ...(record.conversationDetails as Frame), skillId: '1001', state: 'CLOSE', closeReason: 'TIMEOUT', endTs: 9, ttr: { ttrType: 'URGENT', value: 60 }, manualETTR: 77,
        delay: { type: 'NIGHT', tillWhen: 88 }, csat: { csatRate: 4, csatResolutionConfirmation: true, status: 'FILLED' }, firstConversation: true, note: 'n', topic: { text: 't' },
        campaignInfo: { campaignId: 1 }, context: { type: 'SharkContext', lang: 'de' },
        dialogs: [
          { dialogId: 'c1', dialogType: 'MAIN', channelType: 'MESSAGING', state: 'CLOSE', participantsDetails: [{ id: 'demo.7', role: 'ASSIGNED_AGENT', state: 'ACTIVE' }] },
          { dialogId: 's', dialogType: 'POST_SURVEY', channelType: 'MESSAGING', state: 'OPEN', participantsDetails: [{ id: 'demo.9', role: 'ASSIGNED_AGENT', state: 'SUGGESTED', pId: 'pid-9' }] },
        ],
      },
    });
    const agent = await play.agent(server);
    const list = agent.list({});
    await pass();
    expect(list.get('c1')).toMatchObject({
      skillId: '1001', open: true, mainOpen: false, closeReason: 'TIMEOUT', endedAt: 9, dueAt: 123, ttr: { type: 'URGENT', seconds: 60 }, manualDueAt: 77, delay: { type: 'NIGHT', until: 88 },
      csat: { rate: 4, resolved: true, status: 'FILLED' }, firstConversation: true, note: 'n', topic: 't', campaign: { campaignId: 1 }, context: { lang: 'de' }, assignedAgentId: 'pid-7',
      dialogs: [{ id: 'c1', type: 'MAIN', open: false }, { id: 's', type: 'POST_SURVEY', open: true, participants: [{ id: 'pid-9', state: 'SUGGESTED' }] }],
    });
  });
});
