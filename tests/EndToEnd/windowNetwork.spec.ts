import { expect, test } from './support/test.ts';

test('what is written offline is shown at once and sent once, also after another start of the page', async ({ brand, watch, openWindow, browserOf }) => {
  watch.expectConsole(/ERR_INTERNET_DISCONNECTED|WebSocket connection/);
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const context = await browserOf();
  const window = await (await openWindow({ context })).open();
  await window.say('online');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  await expect(window.panel.getByText('You are talking to Ada')).toBeVisible();

  await context.setOffline(true);
  await expect(window.panel.getByRole('status').filter({ hasText: 'You are offline' })).toBeVisible();
  await window.say('offline, first');
  await window.say('offline, second');
  await expect(window.panel.getByText('Sending', { exact: true })).toHaveCount(2);
  await agent.say(convId, 'meanwhile');
  await window.page.close();
  await context.setOffline(false);

  const back = await openWindow({ context });
  await expect(back.message('meanwhile')).toBeVisible();
  await expect(back.panel.getByText('Sending', { exact: true })).toHaveCount(0);
  const reader = await brand.consumer(await back.token());
  const written = ['online', 'meanwhile', 'offline, first', 'offline, second'];
  await expect.poll(() => reader.texts(convId)).toEqual(written);
  await expect.poll(() => back.texts()).toEqual(written);
});

test('the network is lost and returns: the notice goes, nothing is lost', async ({ brand, watch, openWindow, browserOf }) => {
  watch.expectConsole(/ERR_INTERNET_DISCONNECTED|WebSocket connection/);
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const context = await browserOf();
  const window = await (await openWindow({ context })).open();
  await window.say('before');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  await expect(window.panel.getByText('You are talking to Ada')).toBeVisible();
  await context.setOffline(true);
  await expect(window.panel.getByText('You are offline', { exact: false })).toBeVisible();
  await agent.say(convId, 'while you were gone');
  await context.setOffline(false);
  await expect(window.message('while you were gone')).toBeVisible();
  await expect(window.panel.getByText('You are offline', { exact: false })).toHaveCount(0);
  expect(await window.texts()).toEqual(['before', 'while you were gone']);
});

test('the server is restarted in the middle of a conversation', async ({ server, brand, watch, openWindow }) => {
  watch.expectConsole(/WebSocket connection|ERR_CONNECTION|Failed to (load resource|fetch)/);
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
