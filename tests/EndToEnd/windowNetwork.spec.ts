import { expect, test } from './support/test.ts';

const lost = /WebSocket connection|ERR_CONNECTION|Failed to (load resource|fetch)/;

test('what is written without a connection is shown at once and sent once, also after another start of the page', async ({ server, brand, watch, openWindow, browserOf }) => {
  watch.expectConsole(lost);
  const context = await browserOf();
  const window = await (await openWindow({ context })).open();
  await window.say('connected');
  await expect(window.panel.getByText('Sent', { exact: true })).toBeVisible();
  await server.crash();
  await expect(window.panel.getByRole('status').filter({ hasText: /offline|Connecting/ })).toBeVisible();
  await window.say('alone, first');
  await window.say('alone, second');
  await expect(window.panel.getByText('Sending', { exact: true })).toHaveCount(2);
  await window.page.close();
  await server.restart();

  const back = await (await openWindow({ context })).open();
  await expect(back.message('alone, second')).toBeVisible();
  await expect(back.panel.getByText('Sending', { exact: true })).toHaveCount(0);
  const reader = await brand.consumer(await back.token());
  const [conversation, ...others] = await reader.conversations();
  expect(others).toEqual([]);
  const written = ['connected', 'alone, first', 'alone, second'];
  await expect.poll(() => reader.texts(conversation!.convId)).toEqual(written);
  await expect.poll(() => back.texts()).toEqual(written);
});

test('the server is restarted in the middle of a conversation', async ({ server, brand, watch, openWindow }) => {
  watch.expectConsole(lost);
  const window = await (await openWindow()).open();
  await window.say('before');
  await expect(window.panel.getByText('Sent', { exact: true })).toBeVisible();
  await server.crash();
  await window.say('while it is gone');
  await expect(window.panel.getByRole('status').filter({ hasText: /offline|Connecting/ })).toBeVisible();
  await server.restart();
  await expect(window.panel.getByText('Sending', { exact: true })).toHaveCount(0, { timeout: 40_000 });
  await window.say('after');
  const reader = await brand.consumer(await window.token());
  const [conversation, ...others] = await reader.conversations();
  expect(others).toEqual([]);
  await expect.poll(() => reader.texts(conversation!.convId)).toEqual(['before', 'while it is gone', 'after']);
  await expect.poll(() => window.texts()).toEqual(['before', 'while it is gone', 'after']);
});

test('a page that cannot load the window says so, and the next try succeeds', async ({ watch, openWindow, browserOf }) => {
  watch.expectConsole(/ERR_FAILED|Failed to fetch/);
  const context = await browserOf();
  let refuse = true;
  await context.route(/\/assets\/window-/, route => (refuse ? route.abort() : route.continue()));
  const { page, launcher, composer } = await openWindow({ context });
  await launcher.click();
  await expect(page.getByRole('alert')).toHaveText(/cannot be reached/);
  refuse = false;
  await launcher.click();
  await expect(composer).toBeFocused();
  await expect(page.locator('parley-window .problem')).toBeEmpty();
});
