import { describe, expect, it } from 'vitest';
import { FakeServer } from './support/fakeServer';
import type { Frame } from './support/fakeSocket';
import { scene } from './support/scene';
import type { Content } from '../src/index';

describe('what is shown of a message', () => {
  const play = scene();

  async function shown(event: Frame): Promise<Content> {
    const server = new FakeServer();
    server.add({ id: 'c1' });
    server.store('c1', { id: 'pid-7', role: 'ASSIGNED_AGENT' }, event);
    const client = await play.online(server);
    return client.current.entries.value![0]!.content;
  }
  const card = async (element: unknown) => {
    const content = await shown({ type: 'RichContentEvent', content: { type: 'vertical', elements: [element] } });
    return content.kind === 'card' && 'elements' in content.card ? content.card.elements[0] : undefined;
  };
  const plain = { bold: false, italic: false, size: null, color: null, rtl: false };

  it('is text as it is', async () => {
    expect(await shown({ type: 'ContentEvent', contentType: 'text/plain', message: '<b>&amp;' })).toEqual({ kind: 'text', text: '<b>&amp;', quickReplies: null });
  });

  it('is a file with a preview that is a picture', async () => {
    const file = (preview: unknown) => shown({ type: 'ContentEvent', contentType: 'hosted/file', message: { relativePath: '/v1/a', fileType: 'PNG', caption: 'c', preview } });
    expect(await file('data:image/png;base64,AAAA')).toEqual({ kind: 'file', relativePath: '/v1/a', fileType: 'PNG', caption: 'c', preview: 'data:image/png;base64,AAAA' });
    for (const bad of ['data:image/svg+xml;base64,AAAA', 'data:text/html;base64,AAAA', 'javascript:alert(1)', 'https://x.test/a.png', 'data:image/png;base64,"onerror=', 7]) {
      expect(await file(bad)).toMatchObject({ preview: null });
    }
  });

  it('is a card of known elements', async () => {
    const click = { actions: [{ type: 'publishText', text: 'yes' }], metadata: [{ type: 'ExternalId', id: '1' }] };
    expect(await card({ type: 'text', text: 't', style: { bold: true, size: 'large', color: '#A0b1C2' }, rtl: true })).toEqual({ type: 'text', text: 't', click: null, style: { bold: true, italic: false, size: 'large', color: '#A0b1C2', rtl: true } });
    expect(await card({ type: 'button', title: 'b', tooltip: 'tip', click })).toEqual({ type: 'button', title: 'b', tooltip: 'tip', click, style: plain });
    expect(await card({ type: 'image', url: 'https://x.test/a.png', caption: 'c' })).toMatchObject({ type: 'image', url: 'https://x.test/a.png', caption: 'c' });
    expect(await card({ type: 'map', la: '52.5', lo: 13.4 })).toMatchObject({ latitude: 52.5, longitude: 13.4 });
    expect(await card({ type: 'linkPreview', url: 'https://x.test', title: 't' })).toMatchObject({ url: 'https://x.test/', title: 't' });
    expect(await card({ type: 'carousel', elements: [{ type: 'text', text: 'a' }] })).toMatchObject({ type: 'carousel', elements: [{ text: 'a' }] });
  });

  it.each(['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '//x.test', '/relative', 'https://user:pass@x.test', 'blob:https://x.test/1', '', null, {}, 'http://'])(
    'has no address like %j', async address => {
      expect(await card({ type: 'image', url: address })).toBeUndefined();
      expect(await card({ type: 'linkPreview', url: address, title: 't' })).toBeUndefined();
      expect(await card({ type: 'button', title: 'b', click: { actions: [{ type: 'link', uri: address }] } })).toMatchObject({ click: { actions: [{ type: 'unsupported' }] } });
    });

  it('opens mail and telephone by links alone', async () => {
    for (const uri of ['mailto:a@x.test', 'tel:+49']) {
      expect(await card({ type: 'button', title: 'b', click: { actions: [{ type: 'link', uri, name: 'n' }] } })).toMatchObject({ click: { actions: [{ type: 'link', uri, name: 'n' }] } });
      expect(await card({ type: 'image', url: uri })).toBeUndefined();
    }
  });

  it('leaves out what is odd: unknown elements, colours, places, too many actions', async () => {
    for (const odd of [{ type: 'script', text: 'x' }, 7, null, 'text', { type: 'text', text: 7 }, { type: 'button' }, { type: 'map', la: 91, lo: 0 }, { type: 'map', la: 'x', lo: 0 }]) expect(await card(odd)).toBeUndefined();
    expect(await card({ type: 'text', text: 't', style: { color: 'red;background:url(x)', size: 'huge', bold: 'yes' } })).toMatchObject({ style: plain });
    expect(await card({ type: 'button', title: 'b', click: { actions: Array(9).fill({ type: 'publishText', text: 'x' }), metadata: null } })).toMatchObject({ click: { actions: { length: 4 }, metadata: [] } });
  });

  it('has a limit of depth and of number', async () => {
    let deep: unknown = { type: 'text', text: 'deep' };
    for (let i = 0; i < 500; i++) deep = { type: 'vertical', elements: [deep] };
    expect(JSON.stringify(await card(deep))).not.toContain('deep');
    const content = await shown({ type: 'RichContentEvent', content: { type: 'vertical', elements: Array(5_000).fill({ type: 'text', text: 'x' }) } });
    expect(content.kind === 'card' && 'elements' in content.card && content.card.elements.length).toBeLessThan(300);
  });

  it('has quick replies', async () => {
    const content = await shown({
      type: 'ContentEvent', contentType: 'text/plain', message: 'Pick',
      quickReplies: { type: 'quickReplies', itemsPerRow: 99, replies: [{ type: 'button', title: 'Blue', click: { actions: [{ type: 'publishText', text: 'blue' }] } }, { type: 'button' }, 5] },
    });
    expect(content).toEqual({ kind: 'text', text: 'Pick', quickReplies: { itemsPerRow: 8, replies: [{ title: 'Blue', tooltip: null, click: { actions: [{ type: 'publishText', text: 'blue' }], metadata: [] } }] } });
  });

  it('is something even when nobody knows what', async () => {
    expect(await shown({ type: 'ContentEvent', contentType: 'forms/secure-invitation', message: { formId: '1' } })).toEqual({ kind: 'other', type: 'forms/secure-invitation' });
    expect(await shown({ type: 'RichContentEvent', content: { type: 'unknown' } })).toEqual({ kind: 'other', type: 'RichContentEvent' });
  });
});
