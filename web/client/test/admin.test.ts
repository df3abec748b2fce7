import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AdminClient, type RoutingFeed } from '../src/admin/index';

const url = 'https://parley.test/api/account/demo/admin';

describe('the admin API', () => {
  it('is asked with the bearer of the moment', async () => {
    const asked: [string, RequestInit][] = [];
    let bearer: string | null = 'one';
    const admin = new AdminClient('https://parley.test/', 'demo', () => bearer, async (to, init) => (asked.push([to, init!]), new Response(JSON.stringify({ users: [], skills: [], answers: [], password: null }))));
    await admin.users();
    bearer = 'two';
    await admin.changeSkill('10/1', { name: 'Sales', settings: { ringAgents: null } });
    await admin.setPassword('demo.7');
    await admin.queue('1001', 20);
    expect(asked.map(([to, init]) => `${init.method} ${to} ${(init.headers as Record<string, string>).Authorization} ${init.body ?? ''}`)).toEqual([
      `GET ${url}/users Bearer one `,
      `PATCH ${url}/skills/10%2F1 Bearer two {"name":"Sales","settings":{"ringAgents":null}}`,
      `POST ${url}/users/demo.7/password Bearer two {}`,
      `GET ${url}/routing/queue?skill=1001&limit=20 Bearer two `,
    ]);
  });

  it('says why it refuses, when to ask again, and when it is not there', async () => {
    const answers = [new Response('{"error":"Another skill has this name."}', { status: 409 }), new Response('', { status: 429, headers: { 'Retry-After': '3' } }), null, new Response(null, { status: 204 })];
    const admin = new AdminClient('https://parley.test', 'demo', () => 'b', async () => answers.shift() ?? Promise.reject(new TypeError('x')));
    await expect(admin.addSkill({ name: 'Sales' })).rejects.toMatchObject({ status: 409, message: 'Another skill has this name.', retryAfterSeconds: null });
    await expect(admin.skills()).rejects.toMatchObject({ status: 429, retryAfterSeconds: 3 });
    await expect(admin.skills()).rejects.toMatchObject({ status: 0 });
    await expect(admin.removeSkill('1')).resolves.toBeNull();
  });

  it('names colleagues as requests name them', async () => {
    const answers = [new Response('{"at":1,"colleagues":[{"pid":"p","userId":"demo.8","nickname":"Bob","state":"ONLINE","takes":"all","freeSlots":2,"skillIds":[]}]}'), new Response('{}', { status: 404 })];
    const admin = new AdminClient('https://parley.test', 'demo', () => 'b', async () => answers.shift()!);
    expect(await admin.colleagues()).toMatchObject([{ id: 'demo.8', pid: 'p', nickname: 'Bob', availability: 'ONLINE', freeSlots: 2 }]);
    expect(await admin.colleagues()).toBeNull();
  });
});

describe('the feed', () => {
  let feed: RoutingFeed | null = null;
  let streams: { send(text: string): void; end(): void; aborted: boolean }[] = [];
  let status = 200;
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    [streams, status] = [[], 200];
    const admin = new AdminClient('https://parley.test', 'demo', () => 'b', async (_, init) => {
      if (status !== 200) return new Response('{}', { status });
      let control!: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>({ start: c => void (control = c) });
      const stream = { send: (text: string) => control.enqueue(new TextEncoder().encode(text)), end: () => control.close(), aborted: false };
      init!.signal!.addEventListener('abort', () => ((stream.aborted = true), control.error(new Error('aborted'))));
      streams.push(stream);
      return new Response(body);
    });
    feed = admin.feed();
  });
  afterEach(() => {
    feed?.close();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  const pass = (ms = 10) => vi.advanceTimersByTimeAsync(ms);

  it('has the newest snapshot, however its bytes come', async () => {
    await pass();
    expect(feed!.state.value).toBe('connecting');
    streams[0]!.send('event: snapshot\nda');
    streams[0]!.send('ta: {"at":1,"queue":{}}\n\n:\n\nevent: snapshot\ndata: {"at":2}\n');
    await pass();
    expect(feed!.snapshot.value).toMatchObject({ at: 1 });
    streams[0]!.send('\n');
    await pass();
    expect(feed!.snapshot.value).toEqual({ at: 2 });
    expect(feed!.state.value).toBe('live');
  });

  it('comes again after it was lost or fell silent, and keeps what it had', async () => {
    await pass();
    streams[0]!.send('event: snapshot\ndata: {"at":1}\n\n');
    await pass();
    streams[0]!.end();
    await pass();
    expect([feed!.state.value, feed!.snapshot.value]).toEqual(['lost', { at: 1 }]);
    await pass(2_000);
    streams[1]!.send('event: snapshot\ndata: {"at":2}\n\n');
    await pass();
    expect([feed!.state.value, feed!.snapshot.value]).toEqual(['live', { at: 2 }]);
    await pass(39_000);
    expect(feed!.state.value).toBe('live');
    await pass(5_000);
    expect(streams[1]!.aborted).toBe(true);
    expect(streams).toHaveLength(3);
  });

  it('ends when the bearer is refused, and when it is closed', async () => {
    await pass();
    status = 401;
    streams[0]!.end();
    await pass(5_000);
    expect(feed!.state.value).toBe('ended');
    feed!.close();
    await pass(60_000);
    expect(streams).toHaveLength(1);
  });
});
