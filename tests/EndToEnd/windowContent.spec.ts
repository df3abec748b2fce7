import { give, png } from './support/files.ts';
import { all, expect, test } from './support/test.ts';

const quickReplies = {
  type: 'quickReplies', itemsPerRow: 3,
  replies: [
    { type: 'button', title: 'Blue', tooltip: 'the blue ones', click: { actions: [{ type: 'publishText', text: 'the blue ones' }], metadata: [{ type: 'ExternalId', id: 'blue' }] } },
    { type: 'button', title: 'Look', click: { actions: [{ type: 'link', uri: 'https://shop.example/blue' }] } },
    { type: 'button', title: 'Trap', click: { actions: [{ type: 'link', uri: 'javascript:alert(1)' }] } },
  ],
};

test('quick replies answer for the consumer, lead where it is safe, and go when answered', async ({ brand, openWindow }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const window = await (await openWindow()).open();
  await window.say('which?');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  await agent.publish(convId, { type: 'ContentEvent', contentType: 'text/plain', message: 'Which colour?', quickReplies });
  const replies = window.panel.getByRole('group', { name: 'Suggested replies' });
  const link = replies.getByRole('link', { name: /Look/ });
  await expect(link).toHaveAttribute('href', 'https://shop.example/blue');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  await expect(replies.getByRole('button', { name: 'Trap' })).toBeDisabled();
  await replies.getByRole('button', { name: 'Blue' }).click();
  await expect(window.message('the blue ones')).toBeVisible();
  await expect(replies).toHaveCount(0);
  const reader = await brand.consumer(await window.token());
  await expect.poll(async () => (await reader.journal(convId)).some(({ event }) => event.type === 'AcceptStatusEvent' && event.status === 'ACTION')).toBe(true);
  expect(await reader.texts(convId)).toEqual(['which?', 'Which colour?', 'the blue ones']);
});

test('a card shows its parts, and its buttons work', async ({ brand, openWindow }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const window = await (await openWindow()).open();
  await window.say('show me');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  await agent.publish(convId, {
    type: 'RichContentEvent',
    content: {
      type: 'vertical',
      elements: [
        { type: 'text', text: 'Trail 3', style: { bold: true, size: 'large' } },
        { type: 'text', text: '<img src=x onerror=alert(1)>' },
        { type: 'button', title: 'Reserve', click: { actions: [{ type: 'publishText', text: 'Reserve Trail 3' }] } },
        { type: 'button', title: 'In the shop', click: { actions: [{ type: 'link', uri: 'https://shop.example/trail-3' }] } },
        { type: 'map', la: 52.5, lo: 13.4, tooltip: 'Our shop', click: { actions: [{ type: 'navigate', la: 52.5, lo: 13.4 }] } },
        { type: 'carousel', padding: 8, elements: [{ type: 'vertical', elements: [{ type: 'text', text: 'one' }] }, { type: 'vertical', elements: [{ type: 'text', text: 'two' }] }] },
      ],
    },
  });
  const card = window.panel.locator('.card');
  await expect(card.getByText('Trail 3')).toBeVisible();
  await expect(card.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  await expect(card.getByRole('link', { name: /In the shop/ })).toHaveAttribute('href', 'https://shop.example/trail-3');
  await expect(card.getByRole('link', { name: /Our shop/ })).toHaveAttribute('href', /openstreetmap\.org/);
  await card.getByRole('button', { name: 'Reserve' }).click();
  await expect(window.message('Reserve Trail 3')).toBeVisible();
  await window.end();
  await expect(card.getByRole('button', { name: 'Reserve' })).toBeDisabled();
});

test('files by drop, by paste and by the button, with a word to them', async ({ brand, openWindow }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const window = await (await openWindow()).open();
  await expect(window.panel.getByText('Nobody is here')).toHaveCount(0);
  await give(window.panel, 'drop', png('dropped.png'));
  await expect(window.panel.getByText('dropped.png')).toBeVisible();
  await give(window.composer, 'paste', png('pasted.png', 20, 20, [200, 30, 30]));
  await window.panel.locator('input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('brew for three minutes') });
  await expect(window.panel.getByRole('listitem')).toHaveCount(3);
  await window.panel.getByRole('button', { name: 'Remove pasted.png' }).click();
  await expect(window.panel.getByRole('listitem')).toHaveCount(2);
  await window.say('two files');
  await expect(window.panel.locator('.entry.mine .picture img')).toHaveCount(1);
  await expect(window.panel.getByText('TXT file')).toBeVisible();
  await expect(window.panel.getByText('Sending', { exact: true })).toHaveCount(0);
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  const reader = await brand.consumer(await window.token());
  const shared = (await reader.journal(convId)).filter(({ event }) => event.contentType === 'hosted/file').map(({ event }) => event.message);
  expect(shared.map(({ fileType, caption }) => [fileType, caption])).toEqual([['PNG', 'two files'], ['TXT', expect.any(String)]]);
  const downloading = window.page.waitForEvent('download');
  await window.panel.getByRole('button', { name: /^Save .*(TXT|notes)/ }).click();
  expect((await downloading).url()).toContain('/v1/');
});

test('what may not be sent is refused with words, and nothing else', async ({ openWindow }) => {
  const window = await (await openWindow()).open();
  await expect(window.panel.getByText(/Write to us, the answer will be here/)).toBeVisible();
  await give(window.composer, 'paste', { name: 'run.exe', type: 'application/octet-stream', bytes: Buffer.from('MZ') });
  await expect(window.panel.getByRole('alert').filter({ hasText: '“run.exe” cannot be sent' })).toBeVisible();
  await give(window.composer, 'paste', { name: 'huge.png', type: 'image/png', bytes: Buffer.alloc(3_200_000) });
  await expect(window.panel.getByRole('alert').filter({ hasText: '“huge.png” is too large. A file may have up to 3 MB.' })).toBeVisible();
  await expect(window.panel.getByRole('listitem')).toHaveCount(0);
});

test('addresses in a text can be clicked, and nothing else of it', async ({ brand, openWindow }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const window = await (await openWindow()).open();
  await window.say('hello');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  const text = 'See https://shop.example/a?b=c, javascript:alert(1) and <b>www.shop.example</b>';
  await agent.say(convId, text);
  const bubble = window.panel.locator('.theirs .bubble');
  await expect(bubble.getByRole('link')).toHaveCount(2);
  for (const link of await bubble.getByRole('link').all()) {
    await expect(link).toHaveAttribute('href', /^https:\/\/(www\.)?shop\.example\//);
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(link).toHaveAttribute('target', '_blank');
  }
});

const count = all ? 5_000 : 400;

test(`${count} messages: opened at once, read back by scrolling, and the place is kept`, async ({ brand, openWindow, browserOf }) => {
  await brand.set({ limits: { agentRequestsPerSecond: 100_000, agentBurst: 100_000 } });
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const context = await browserOf();
  const before = await (await openWindow({ context })).open();
  await before.say('begin');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  await before.page.close();
  for (let i = 0; i < count; i += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, n) => agent.say(convId, `message ${i + n}`)));
  }

  const { page, panel } = await openWindow({ context });
  await expect(page.getByRole('button', { name: new RegExp(`${count.toLocaleString('en')} unread messages`) })).toBeVisible();
  const opening = await page.evaluate(async () => {
    const start = performance.now();
    globalThis.window.Parley!.open();
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - start;
  });
  test.info().annotations.push({ type: 'opening', description: `${Math.round(opening)} ms with ${count} messages` });
  if (all) expect(opening).toBeLessThan(500);
  const log = panel.getByRole('log');
  const entries = panel.locator('.entry');
  expect(await entries.count(), 'only the newest are made').toBeLessThan(250);
  await expect.poll(async () => {
    await log.evaluate(element => void (element.scrollTop = 0));
    return entries.count();
  }, { message: 'scrolling up brings the earlier ones' }).toBeGreaterThan(350);

  const place = () => log.evaluate(async element => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const top = element.getBoundingClientRect().top;
    const first = [...element.querySelectorAll<HTMLElement>('.entry')].find(entry => entry.getBoundingClientRect().bottom > top)!;
    return `${first.textContent} ${Math.round(first.getBoundingClientRect().top - top)}`;
  });
  await log.evaluate(element => void (element.scrollTop = 2000));
  const at = await place();
  await agent.say(convId, 'below, while reading above');
  const pill = panel.getByRole('button', { name: '1 new message', exact: true });
  await expect(pill).toBeVisible();
  expect(await place(), 'the place is kept').toBe(at);
  await pill.click();
  await expect(panel.getByText('below, while reading above')).toBeInViewport();
  await expect(pill).toHaveCount(0);
});
