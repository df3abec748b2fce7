import { afterAll, describe, expect, it, vi } from 'vitest';

// Modules are shared with the other test files, which may have loaded this one.
vi.resetModules();
vi.doMock('../src/messages/transferFile', () => {
  throw new Error('Failed to fetch dynamically imported module');
});
const { FakeServer } = await import('./support/fakeServer');
const { scene } = await import('./support/scene');

afterAll(() => {
  vi.doUnmock('../src/messages/transferFile');
  vi.resetModules();
});

describe('what sends files', () => {
  const play = scene();

  // A newer build of the site no longer had it: the file was on its way for ever.
  it('cannot be had: the file has failed, says so, and may be tried again', async () => {
    vi.useRealTimers();
    const server = new FakeServer();
    server.add({ id: 'c1' });
    const client = play.consumer(server);
    client.start();
    await vi.waitFor(() => expect(client.current.conversation.value?.id).toBe('c1'));
    const key = client.current.sendFile(new File(['x'], 'x.txt'));
    await vi.waitFor(() => expect(client.current.entries.value).toMatchObject([{ key, status: 'failed', error: { code: 410 } }]));
    client.current.sendText('Words go on');
    await vi.waitFor(() => expect(client.current.entries.value).toMatchObject([{ status: 'sent' }, { key, status: 'failed' }]));
  });
});
