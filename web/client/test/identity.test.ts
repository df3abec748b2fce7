import { describe, expect, it } from 'vitest';
import { createAgentClient, type KeyValueStorage } from '../src/index';
import { FakeServer, jwt } from './support/fakeServer';
import { scene, texts } from './support/scene';

const nothing: KeyValueStorage = {
  getItem() { throw new DOMException('no storage here', 'SecurityError'); },
  setItem() { throw new DOMException('no storage here', 'SecurityError'); },
  removeItem() { throw new DOMException('no storage here', 'SecurityError'); },
};

describe('who a consumer is', () => {
  const play = scene();
  const { pass } = play;
  const paths = (server: FakeServer) => server.posts.map(post => new URL(post.url).pathname.split('/demo/')[1]);

  it('is anonymous, and the same after a reload', async () => {
    const server = new FakeServer();
    const first = await play.online(server);
    first.stop();
    const second = await play.online(server);
    expect(second.id.value).toBe('consumer-1');
    expect(paths(server)).toEqual(['anonymous/authorize', 'app/ACR0/authenticate']);
  });

  it('is somebody new after he was forgotten', async () => {
    const server = new FakeServer();
    const client = await play.online(server);
    server.add({ id: 'c1' });
    await pass();
    expect(client.current.conversation.value?.id).toBe('c1');
    server.on('ms.PublishEvent', () => 'silent');
    client.current.sendText('Never sent');
    client.forget();
    server.off('ms.PublishEvent');
    expect(localStorage).toHaveLength(0);
    expect(client.current.conversation.value).toBeNull();
    expect(client.connection.value).toEqual({ kind: 'ended', reason: 'stopped' });
    server.conversations.clear();
    client.start();
    await pass();
    expect(client.id.value).toBe('consumer-2');
    expect(client.current.entries.value).toEqual([]);
  });

  it.each([4407, 4401, 1008, 1011])('is renewed with the old token when the socket is closed with %i', async code => {
    const server = new FakeServer();
    const client = await play.online(server);
    server.socket.cut(code);
    await pass();
    expect(client.connection.value.kind).toBe('online');
    expect(client.id.value).toBe('consumer-1');
    expect(server.posts.at(2)).toMatchObject({ url: expect.stringContaining('/anonymous/authorize'), body: { id_token: expect.any(String) } });
  });

  it.each([1000, 1001, 1006, 1013, 4000])('is kept when the socket is closed with %i', async code => {
    const server = new FakeServer();
    await play.online(server);
    server.socket.cut(code);
    await pass(300);
    expect(server.sockets).toHaveLength(2);
    expect(server.posts).toHaveLength(2);
  });

  it('begins anew when the old one can no longer be renewed, and ends when nobody is taken', async () => {
    const server = new FakeServer();
    const client = await play.online(server);
    let refusals = 1;
    server.onHttp('/anonymous/authorize', () =>
      refusals-- > 0 ? { status: 401, body: { internalErrorCode: 2001, message: 'can no longer be renewed' } } : { body: { token: jwt({ sub: 'consumer-9' }) } });
    server.socket.cut(4407);
    await pass();
    expect(client.id.value).toBe('consumer-9');
    server.onHttp('/anonymous/authorize', () => ({ status: 403, body: { internalErrorCode: 2005, message: 'switched off' } }));
    server.socket.cut(4407);
    await pass();
    expect(client.connection.value).toEqual({ kind: 'ended', reason: 'identity' });
  });

  it('waits while the identity service is away or busy', async () => {
    const server = new FakeServer();
    let tries = 0;
    server.onHttp('/anonymous/authorize', () => (++tries < 3 ? { status: 503 } : { body: { token: jwt({ sub: 'consumer-5' }) } }));
    const client = play.consumer(server);
    client.start();
    await pass(20);
    expect(client.connection.value.kind).toBe('offline');
    await pass(3_000);
    expect(client.connection.value.kind).toBe('online');
    expect(client.id.value).toBe('consumer-5');
  });

  it('ends when a renewed identity is refused again and again, without a storm', async () => {
    const server = new FakeServer();
    server.on('InitConnection', (frame, socket) => (socket.refuse(frame, 401, 'Identity token is invalid'), 'answered'));
    const client = play.consumer(server);
    client.start();
    await pass(60_000);
    expect(client.connection.value).toEqual({ kind: 'ended', reason: 'identity' });
    expect(server.sockets.length).toBeLessThanOrEqual(3);
  });

  it('is kept in memory where there is no storage', async () => {
    const server = new FakeServer();
    const client = await play.online(server, { storage: nothing });
    client.current.sendText('Hello');
    await pass();
    expect(texts(client.current.entries.value)).toEqual(['Hello']);
    server.socket.cut(4407);
    await pass();
    expect(client.id.value).toBe('consumer-1');
    expect(client.connection.value.kind).toBe('online');
  });

  it('is the brand\'s where the page says so; asked again when refused, ended when nobody is accepted', async () => {
    const server = new FakeServer();
    let who: string | null = 'code-1';
    const asked: string[] = [];
    const client = await play.online(server, { identity: { token: async () => (asked.push(String(who)), who) } });
    expect(client.id.value).toBe('brand-code-1');
    expect(server.posts[0]).toMatchObject({ url: expect.stringMatching(/\/authenticate$/), body: { authCode: 'code-1' } });
    server.socket.cut(1006);
    await pass(300);
    expect(asked).toHaveLength(1);
    server.socket.cut(4401);
    await pass();
    expect(asked).toHaveLength(2);
    expect(client.connection.value.kind).toBe('online');
    server.onHttp('/authenticate', () => ({ status: 401, body: { internalErrorCode: 9007 } }));
    server.socket.cut(4401);
    await pass();
    expect(client.connection.value).toEqual({ kind: 'ended', reason: 'identity' });
    expect(JSON.stringify({ ...localStorage })).not.toContain('brand-code-1"');
  });

  it('takes his conversations and unsent messages along when an anonymous consumer signs in', async () => {
    const server = new FakeServer();
    let who: string | null = null;
    const client = await play.online(server, { identity: { token: async () => who } });
    expect(client.id.value).toBe('consumer-1');
    server.isUp = false;
    server.socket.cut(1006);
    client.current.sendText('Unsent');
    client.stop();
    server.isUp = true;
    who = 'h.p.s';
    client.start();
    await pass();
    expect(client.id.value).toBe('brand-h.p.s');
    expect(server.posts.at(-1)!.authorization).toMatch(/^Bearer /);
    expect(server.of('ms.PublishEvent')).toHaveLength(1);
    expect(texts(client.current.entries.value)).toEqual(['Unsent']);
  });

  it('takes unsent messages along also when the page is another one', async () => {
    const server = new FakeServer();
    const before = await play.online(server);
    server.isUp = false;
    server.socket.cut(1006);
    before.current.sendText('Unsent');
    before.stop();
    server.isUp = true;
    const after = await play.online(server, { identity: { token: async () => 'h.p.s' } });
    expect(after.id.value).toBe('brand-h.p.s');
    expect(texts(after.current.entries.value)).toEqual(['Unsent']);
    expect(server.of('ms.PublishEvent')).toHaveLength(1);
    expect(localStorage).toHaveLength(0);
  });

  it('leaves unsent messages to whom they belong when somebody else signs in', async () => {
    const server = new FakeServer();
    let who = 'ann';
    const client = await play.online(server, { identity: { token: async () => who } });
    server.isUp = false;
    server.socket.cut(1006);
    client.current.sendText('Secret of Ann');
    client.stop();
    server.isUp = true;
    who = 'bob';
    client.start();
    await pass();
    expect(client.id.value).toBe('brand-bob');
    expect(texts(client.current.entries.value)).toEqual([]);
    expect(server.of('ms.PublishEvent')).toHaveLength(0);
    client.stop();
    who = 'ann';
    client.start();
    await pass();
    expect(texts(client.current.entries.value)).toEqual(['Secret of Ann']);
    expect(server.of('ms.PublishEvent')).toHaveLength(1);
  });
});

describe('an agent\'s session', () => {
  const play = scene();
  const { pass } = play;

  it('begins with a login, goes on after a reload, and knows the role', async () => {
    const server = new FakeServer();
    const agent = await play.agent(server);
    expect(agent.connection.value.kind).toBe('online');
    expect([agent.id.value, agent.agentId.value, agent.role.value, agent.bearer.value]).toEqual(['pid-7', 'demo.7', 'agent', 'bearer-1']);
    expect(server.socket.url).toBe('wss://parley.test/ws_api/account/demo/messaging/brand/bearer-1?v=2.1');
    agent.stop();
    const again = createAgentClient({ server: 'https://parley.test', account: 'demo', transport: server.transport });
    expect(again.resume()).toBe(true);
    await pass();
    expect(again.connection.value.kind).toBe('online');
    await again.logOut();
    expect(again.connection.value).toEqual({ kind: 'ended', reason: 'signed-out' });
    expect(server.posts.at(-1)).toMatchObject({ url: expect.stringContaining('/logout'), body: { csrf: 'csrf-1' }, authorization: 'Bearer bearer-1' });
    expect(sessionStorage).toHaveLength(0);
    expect(again.resume()).toBe(false);
    await pass();
    expect(again.connection.value).toEqual({ kind: 'ended', reason: 'identity' });
  });

  it('rejects a wrong password', async () => {
    const server = new FakeServer();
    server.onHttp('/login', () => ({ status: 401, body: { error: { message: 'Login failed' } } }));
    const agent = createAgentClient({ server: 'https://parley.test', account: 'demo', transport: server.transport });
    await expect(agent.logIn('ada', 'wrong')).rejects.toMatchObject({ code: 401, text: 'Login failed' });
  });

  it('is over when the socket is closed for it', async () => {
    const server = new FakeServer();
    const agent = await play.agent(server);
    server.onHttp('/admin/skills', () => ({ status: 401 }));
    server.socket.cut(4401);
    await pass();
    expect(agent.connection.value).toEqual({ kind: 'ended', reason: 'identity' });
    expect(agent.bearer.value).toBeNull();
  });

  it('goes on when a proxy closes as if it were over', async () => {
    const server = new FakeServer();
    const agent = await play.agent(server);
    server.onHttp('/admin/skills', () => ({ body: { skills: [] } }));
    server.socket.cut(1011);
    await pass();
    expect(agent.connection.value.kind).toBe('online');
    expect(agent.bearer.value).toBe('bearer-1');
  });

  it('finds out whether a socket that never opens is refused or only not there', async () => {
    const server = new FakeServer();
    const agent = await play.agent(server);
    server.onHttp('/admin/skills', () => ({ body: { skills: [] } }));
    server.isUp = false;
    server.socket.cut(1006);
    await pass(20_000);
    expect(agent.connection.value.kind).not.toBe('ended');
    server.onHttp('/admin/skills', () => ({ status: 401 }));
    server.isUp = server.refusesSockets = true;
    await pass(60_000);
    expect(agent.connection.value).toEqual({ kind: 'ended', reason: 'identity' });
  });

  it('is refreshed while it lasts', async () => {
    const server = new FakeServer();
    await play.agent(server);
    await pass(31 * 60_000);
    expect(server.posts.filter(post => post.url.endsWith('/refresh'))).toHaveLength(3);
  });
});
