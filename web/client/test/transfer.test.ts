import { describe, expect, it, vi } from 'vitest';
import { FakeServer } from './support/fakeServer';
import { scene } from './support/scene';

vi.mock('../src/messages/transferFile', () => {
  throw new Error('Failed to fetch dynamically imported module');
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
