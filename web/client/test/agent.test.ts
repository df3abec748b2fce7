import { describe, expect, it } from 'vitest';
import { FakeServer, type FakeConversation } from './support/fakeServer';
import type { Frame } from './support/fakeSocket';
import { scene } from './support/scene';

const withAgent: Partial<FakeConversation> = { agentPid: 'pid-7', agentId: 'demo.7' };

describe('an agent', () => {
  const play = scene();
  const { pass } = play;
  const ring = (state: string, ringId = 'r1', expires = Date.now() + 72_000): Frame => ({ ringId, ringState: state, ringExpirationTs: expires, convId: 'c1', consumerId: 'consumer-1', skillId: '-1' });
  const tell = (server: FakeServer, ...rings: Frame[]) =>
    server.socket.notify('.ams.routing.RoutingTaskNotification', { subscriptionId: server.socket.ringSubscription, changes: rings.map(one => ({ type: 'UPSERT', result: { ringsDetails: [one] } })) });

  it('is rung, accepts, and hears what became of the ring', async () => {
    const server = new FakeServer();
    const agent = await play.agent(server);
    expect(agent.rings.value).toEqual([]);
    tell(server, ring('WAITING'), ring('WAITING', 'r2'));
    await pass();
    expect(agent.rings.value).toMatchObject([{ id: 'r1', conversationId: 'c1', consumerId: 'consumer-1', skillId: null, state: 'WAITING' }, { id: 'r2' }]);
    const { since } = agent.rings.value[0]!;
    await pass(1_000);
    tell(server, ring('WAITING'));
    await pass();
    expect(agent.rings.value[0]!.since).toBe(since);
    await Promise.all([agent.accept('r1'), pass()]);
    await Promise.all([agent.reject('r2'), pass()]);
    expect(server.of('routing.UpdateRingState').map(frame => frame.body)).toEqual([{ ringId: 'r1', ringState: 'ACCEPTED' }, { ringId: 'r2', ringState: 'REJECTED' }]);
    tell(server, ring('CANCELLED'));
    await pass();
    expect(agent.rings.value.map(one => one.id)).toEqual(['r2']);
    expect(agent.lastRing.value).toMatchObject({ id: 'r1', state: 'CANCELLED' });
  });

  it('is told that somebody was faster', async () => {
    const server = new FakeServer();
    const agent = await play.agent(server);
    tell(server, ring('WAITING'));
    await pass();
    server.on('routing.UpdateRingState', (frame, socket) => (socket.refuse(frame, 409, 'Ring is not waiting any more'), 'answered'));
    const accepted = expect(agent.accept('r1')).rejects.toMatchObject({ code: 409, text: 'Ring is not waiting any more' });
    await pass();
    await accepted;
  });

  it('has no rings on the screen that ended while he was away', async () => {
    const server = new FakeServer();
    const agent = await play.agent(server);
    tell(server, ring('WAITING', 'r1', Date.now() + 100), ring('WAITING', 'r2'));
    await pass();
    server.rings.push(ring('WAITING', 'r2'));
    server.socket.cut(1006);
    await pass(500);
    expect(agent.rings.value.map(one => one.id)).toEqual(['r2']);
    expect(agent.lastRing.value).toMatchObject({ id: 'r1', state: 'EXPIRED' });
  });

  it('says whether he takes work, and shows what the server knows', async () => {
    const server = new FakeServer();
    const agent = await play.agent(server);
    expect(agent.state.value).toEqual({ availability: 'OFFLINE', reasonId: null, description: '' });
    await Promise.all([agent.setState('AWAY', '2'), pass()]);
    expect(server.of('routing.SetAgentState').at(-1)!.body).toEqual({ availability: 'AWAY', channels: ['MESSAGING'], agentUserId: 'demo.7', reason: '2' });
    expect(agent.state.value!.availability).toBe('OFFLINE');
    server.socket.notify('.ams.routing.AgentStateNotification', { subscriptionId: server.socket.stateSubscription, changes: [{ type: 'UPSERT', result: { availability: 'AWAY', description: 'Lunch' } }] });
    await pass();
    expect(agent.state.value).toEqual({ availability: 'AWAY', reasonId: '2', description: 'Lunch' });
  });

  it('changes conversations by the recipes of the protocol', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1', ...withAgent });
    server.add({ id: 'c2' });
    const agent = await play.agent(server);
    agent.list({});
    await pass();
    const fields = async (change: Promise<void>) => {
      await Promise.all([change, pass()]);
      const body = server.of('cm.UpdateConversationField').at(-1)!.body as { conversationField: Frame[] };
      return body.conversationField;
    };
    const remove = { field: 'ParticipantsChange', type: 'REMOVE', role: 'ASSIGNED_AGENT', userId: 'pid-7' };
    const add = { field: 'ParticipantsChange', type: 'ADD', role: 'ASSIGNED_AGENT', userId: 'demo.7' };
    const skill = { field: 'Skill', type: 'UPDATE', skill: '1001' };
    expect(await fields(agent.backToQueue('c1'))).toEqual([{ field: 'ParticipantsChange', type: 'REMOVE', role: 'ASSIGNED_AGENT' }]);
    expect(await fields(agent.transferToSkill('c1', '1001'))).toEqual([remove, skill]);
    expect(await fields(agent.transferToSkill('c2', '1001'))).toEqual([skill]);
    expect(await fields(agent.transferToAgent('c1', 'demo.8', '1001'))).toEqual([remove, { field: 'ParticipantsChange', type: 'SUGGEST', role: 'ASSIGNED_AGENT', userId: 'demo.8' }, skill]);
    expect(await fields(agent.join('c1'))).toEqual([{ ...add, role: 'MANAGER' }]);
    expect(await fields(agent.leave('c1'))).toEqual([{ ...remove, userId: 'demo.7' }]);
    expect(await fields(agent.takeOver('c1'))).toEqual([remove, add]);
    expect(await fields(agent.reassign('c1', 'demo.8'))).toEqual([remove, { ...add, userId: 'demo.8' }]);
    expect(await fields(agent.closeConversation('c1'))).toMatchObject([{ field: 'DialogChange', type: 'UPDATE', dialog: { dialogId: 'c1', state: 'CLOSE' } }]);
  });

  it('reads profiles, and each public card once', async () => {
    const server = new FakeServer();
    server.onHttp('/configuration/le-users/users/pid-7', () => ({ body: { nickname: 'Ada', fullName: '', pictureUrl: 'https://x.test/a.png' } }));
    const agent = await play.agent(server);
    const profile = agent.profile('consumer-1');
    await pass();
    expect(await profile).toMatchObject({ id: 'demo.7', firstName: 'Ada', email: 'a@example.test', lastName: null });
    expect(server.of('userprofile.GetUserProfile').at(-1)!.body).toEqual({ userId: 'consumer-1' });
    expect(await agent.agentCard('pid-7')).toEqual({ id: 'pid-7', nickname: 'Ada', fullName: null, pictureUrl: 'https://x.test/a.png' });
    await agent.agentCard('pid-7');
    expect(server.posts.filter(post => post.url.includes('le-users'))).toHaveLength(1);
  });

  it('gets a signed address for a file', async () => {
    const server = new FakeServer();
    server.on('ms.GenerateURLForDownloadFile', (frame, socket) => {
      socket.answer(frame, { relativePath: (frame.body as Frame).relativePath, queryParams: { temp_url_sig: 'a+b', temp_url_expires: '9' } });
      return 'answered';
    });
    const agent = await play.agent(server);
    const address = agent.dialog('c1').fileAddress('/v1/x/y.PNG');
    await pass();
    expect(await address).toBe('https://parley.test/v1/x/y.PNG?temp_url_sig=a%2Bb&temp_url_expires=9');
  });
});
