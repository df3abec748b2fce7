import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeServer } from './support/fakeServer';
import type { Frame } from './support/fakeSocket';
import { scene } from './support/scene';

/** An upload that goes as the test says. */
class FakeUpload {
  static all: FakeUpload[] = [];
  upload: { onprogress: ((event: { lengthComputable: boolean; loaded: number; total: number }) => void) | null } = { onprogress: null };
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  status = 0;
  url = '';
  sent: unknown;

  constructor() {
    FakeUpload.all.push(this);
  }

  open(_method: string, url: string): void {
    this.url = url;
  }

  send(body: unknown): void {
    this.sent = body;
  }

  done(status: number): void {
    this.status = status;
    this.onload!();
  }
}

describe('a file', () => {
  const play = scene();
  const { pass } = play;
  afterEach(() => {
    vi.unstubAllGlobals();
    FakeUpload.all = [];
  });

  async function sending(server: FakeServer) {
    vi.stubGlobal('XMLHttpRequest', FakeUpload);
    // Loaded in real time, once.
    await import('../src/messages/transferFile');
    let addresses = 0;
    server.on('ms.GenerateURLForUploadFile', (frame, socket) => (socket.answer(frame, { relativePath: `/v1/demo/${++addresses}.PDF`, queryParams: { temp_url_sig: 's', temp_url_expires: '9' } }), 'answered'));
    server.add({ id: 'c1' });
    const client = await play.online(server);
    const file = new File(['12345'], 'Bill of May.pdf', { type: 'application/pdf' });
    const key = client.current.sendFile(file, { caption: 'The bill' });
    return { client, file, key };
  }

  it('is uploaded, told of, and shown on its way', async () => {
    const server = new FakeServer();
    const { client, file, key } = await sending(server);
    expect(client.current.entries.value).toMatchObject([{ key, status: 'sending', progress: 0, content: { kind: 'file', caption: 'The bill', fileType: 'PDF' } }]);
    client.current.sendText('after it');
    await pass();
    expect(server.of('ms.GenerateURLForUploadFile')).toMatchObject([{ body: { fileSize: 5, fileType: 'PDF' } }]);
    const upload = FakeUpload.all[0]!;
    expect(upload).toMatchObject({ url: 'https://parley.test/v1/demo/1.PDF?temp_url_sig=s&temp_url_expires=9', sent: file });
    upload.upload.onprogress!({ lengthComputable: true, loaded: 2, total: 5 });
    await pass();
    expect(client.current.entries.value![0]!.progress).toBe(0.4);
    upload.done(201);
    await pass();
    expect(client.current.entries.value).toMatchObject([
      { key, status: 'sent', sequence: 0, progress: null, content: { kind: 'file', relativePath: '/v1/demo/1.PDF', fileType: 'PDF', caption: 'The bill', preview: null } },
      { status: 'sent', sequence: 1 },
    ]);
    expect(localStorage.getItem('parley.demo.outbox.consumer-1')).toBeNull();
  });

  it('gets a new address when the old one is too old, and is given up when it is not taken', async () => {
    const server = new FakeServer();
    const { client } = await sending(server);
    await pass();
    FakeUpload.all[0]!.done(401);
    await pass(5_000);
    expect(FakeUpload.all[1]!.url).toContain('/2.PDF');
    FakeUpload.all[1]!.done(415);
    await pass();
    expect(client.current.entries.value).toMatchObject([{ status: 'failed', error: { code: 415, text: 'The file is not what its name says' } }]);
  });

  it('begins again when the connection was lost meanwhile', async () => {
    const server = new FakeServer();
    const { client } = await sending(server);
    await pass();
    server.socket.cut(1006);
    await pass(500);
    FakeUpload.all[0]!.done(201);
    await pass(500);
    for (const upload of FakeUpload.all.slice(1)) upload.done(201);
    await pass(500);
    expect(client.current.entries.value).toMatchObject([{ status: 'sent' }]);
    expect(server.conversations.get('c1')!.events.filter(change => (change.event as Frame).type === 'ContentEvent')).toHaveLength(1);
  });

  it('is refused in words when its kind is not allowed', async () => {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    const client = await play.online(server);
    server.on('ms.GenerateURLForUploadFile', (frame, socket) => (socket.refuse(frame, 400, 'fileType is not among those allowed'), 'answered'));
    client.current.sendFile(new File(['x'], 'virus.exe'));
    await pass();
    expect(client.current.entries.value).toMatchObject([{ status: 'failed', error: { code: 400, text: 'fileType is not among those allowed' }, content: { fileType: 'EXE' } }]);
  });
});
