import { expect, test } from './support/test.ts';

test('from right to left', async ({ brand, openWindow, axe }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const { page } = await openWindow({ lang: 'ar' });
  const launcher = page.getByRole('button', { name: 'فتح المحادثة' });
  const box = (await launcher.boundingBox())!;
  expect(box.x).toBeLessThan(100);
  await launcher.click();
  const panel = page.locator('parley-window').getByRole('dialog');
  const composer = panel.getByRole('textbox', { name: 'اكتب رسالة' });
  await composer.fill('مرحبا');
  await composer.press('Enter');
  await agent.accept((await agent.anyRing()).convId);
  await expect(panel.getByText('أنت تتحدث مع Ada')).toBeVisible();
  const own = (await panel.locator('.entry.mine .bubble').boundingBox())!;
  const frame = (await panel.boundingBox())!;
  expect(own.x - frame.x, 'own messages are at the left').toBeLessThan(40);
  const close = (await panel.getByRole('button', { name: 'إغلاق المحادثة' }).boundingBox())!;
  expect(close.x - frame.x, 'so is what closes it').toBeLessThan(40);
  await axe(page, 'the window in Arabic');
});

test('on a phone it is the screen, and keeps the focus', async ({ openWindow, axe }) => {
  const window = await openWindow({ browser: { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true } });
  const { page, launcher, panel, composer } = window;
  await launcher.tap();
  await expect(composer).toBeVisible();
  await expect(panel).toBeFocused();
  await expect.poll(() => panel.boundingBox(), 'when it has slid in').toEqual({ x: 0, y: 0, width: 390, height: 780 });
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.tagName), 'the page behind is out of reach').not.toBe('BUTTON');
  }
  await axe(page, 'the window on a phone');
  await panel.getByRole('button', { name: 'Close chat' }).tap();
  await expect(launcher).toBeFocused();
});

test('it lies where the page wants it, beside the page\'s own controls', async ({ openWindow }) => {
  const { launcher, panel, composer } = await openWindow({ attributes: { position: 'left', offset: '40 120' } });
  expect(await launcher.boundingBox()).toEqual({ x: 40, y: 800 - 120 - 56, width: 56, height: 56 });
  await launcher.click();
  await expect(composer).toBeFocused();
  await expect.poll(async () => {
    const box = (await panel.boundingBox())!;
    return [box.x, box.y + box.height];
  }, 'when it has slid in').toEqual([40, 680]);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any state, ${scheme}`, async ({ server, brand, watch, openWindow, browserOf, axe }) => {
    watch.expectConsole(/WebSocket connection|ERR_CONNECTION|Failed to (load resource|fetch)/);
    const agent = await brand.agentSocket(await brand.agent('Ada'));
    await agent.state('ONLINE');
    const context = await browserOf({ colorScheme: scheme, reducedMotion: 'reduce' });
    const window = await openWindow({ context, attributes: { accent: '#ffcc00' } });
    await axe(window.page, 'closed');
    await window.open();
    await expect(window.panel.getByText('We are here for you')).toBeVisible();
    await axe(window.page, 'empty');
    await window.say('hello, see https://shop.example');
    await expect(window.panel.getByText('You can leave')).toBeVisible();
    await axe(window.page, 'waiting');
    const { convId } = await agent.anyRing();
    await agent.accept(convId);
    await agent.publish(convId, {
      type: 'RichContentEvent',
      content: { type: 'vertical', elements: [{ type: 'text', text: 'A card' }, { type: 'button', title: 'Take it', click: { actions: [{ type: 'publishText', text: 'taken' }] } }] },
      quickReplies: { type: 'quickReplies', itemsPerRow: 2, replies: [{ type: 'button', title: 'Yes', click: { actions: [{ type: 'publishText', text: 'yes' }] } }] },
    });
    await expect(window.panel.getByRole('button', { name: 'Yes' })).toBeVisible();
    await axe(window.page, 'card and quick replies');
    await window.panel.getByRole('button', { name: 'More', exact: true }).click();
    await axe(window.page, 'menu');
    await window.panel.getByRole('button', { name: 'End conversation' }).click();
    await axe(window.page, 'question');
    await window.page.keyboard.press('Escape');
    await agent.end(convId);
    await expect(window.panel.getByRole('group', { name: 'How did we do?' })).toBeVisible();
    await axe(window.page, 'ended');
    await server.crash();
    await expect(window.panel.getByRole('status').filter({ hasText: /offline|Connecting/ })).toBeVisible();
    await window.say('into the blue');
    await axe(window.page, 'without a connection');
    await server.restart();
  });
}

test('new messages are announced, and nothing is when one reads back', async ({ brand, openWindow }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const window = await (await openWindow()).open();
  const announced = window.page.locator('parley-window .said[role=status]');
  await window.say('hello');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  await expect(announced.filter({ hasText: 'You are talking to Ada' })).toHaveCount(1);
  await agent.say(convId, 'good morning');
  await expect(announced.filter({ hasText: 'Ada: good morning' })).toHaveCount(1);
  await expect(window.panel.getByRole('log')).toHaveAttribute('aria-live', 'off');
  // Also while it is closed.
  await window.page.keyboard.press('Escape');
  await agent.say(convId, 'still there?');
  await expect(announced.filter({ hasText: 'Ada: still there?' })).toHaveCount(1);
});
