import { expect, test } from './support/test.ts';

test('pages that slept are right when they wake, also when the server was gone meanwhile', async ({ server, brand, watch, openWindow, openWorkspace }) => {
  watch.expectConsole(/WebSocket connection|ERR_|Failed to (load resource|fetch)/);
  const ada = await brand.agent('Ada');
  const agent = await openWorkspace(ada);
  await agent.state('Online');
  const consumer = await (await openWindow()).open();
  await consumer.say('hello');
  await agent.takeRing();
  await agent.say('Good day!');
  await expect(consumer.message('Good day!')).toBeVisible();
  const freeze = async (page: import('@playwright/test').Page) => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
    return () => cdp.send('Page.setWebLifecycleState', { state: 'active' });
  };

  const token = await consumer.token();
  const other = await brand.consumer(token);
  const [conversation] = await other.conversations();
  const colleague = await brand.agentSocket(ada);
  const wake = [await freeze(agent.page), await freeze(consumer.page)];
  for (let i = 1; i <= 5; i++) {
    await other.say(conversation!.convId, `from elsewhere ${i}`);
    await colleague.say(conversation!.convId, `and an answer ${i}`);
  }
  await server.crash();
  await server.restart();
  const back = await brand.consumer(token);
  await back.say(conversation!.convId, 'after the restart');
  await Promise.all(wake.map(again => again()));

  await expect(agent.message('after the restart')).toBeVisible({ timeout: 40_000 });
  await expect(consumer.message('after the restart')).toBeVisible({ timeout: 40_000 });
  const journal = await back.texts(conversation!.convId);
  expect(journal).toHaveLength(13);
  await expect(async () => expect(await consumer.texts()).toEqual(journal)).toPass();
  await agent.page.setViewportSize({ width: 1280, height: 4000 });
  await expect(async () => expect(await agent.texts()).toEqual(journal)).toPass();
});

test('who loses the network is told so, and what he writes meanwhile leaves once when it returns', async ({ brand, watch, openWindow, openWorkspace }) => {
  watch.expectConsole(/WebSocket connection|ERR_|Failed to (load resource|fetch)/);
  const agent = await openWorkspace(await brand.agent('Ada'));
  await agent.state('Online');
  const consumer = await (await openWindow()).open();
  await consumer.say('hello');
  await agent.takeRing();
  await expect(agent.message('hello')).toBeVisible();

  await agent.page.context().setOffline(true);
  await consumer.page.context().setOffline(true);
  const agentSays = agent.page.getByRole('status').or(agent.page.getByRole('alert')).filter({ hasText: /offline|not connected|no connection|connecting/i });
  await expect(agentSays.first()).toBeVisible({ timeout: 20_000 });
  await expect(consumer.panel.getByRole('status').filter({ hasText: /offline|Connecting/ })).toBeVisible({ timeout: 20_000 });
  await consumer.say('written in the tunnel');
  await agent.say('written at the desk without a line');
  await expect(consumer.message('written in the tunnel')).toBeVisible();
  await expect(agent.message('written at the desk without a line')).toBeVisible();

  await agent.page.context().setOffline(false);
  await consumer.page.context().setOffline(false);
  await expect(agent.message('written in the tunnel')).toBeVisible({ timeout: 40_000 });
  await expect(consumer.message('written at the desk without a line')).toBeVisible({ timeout: 40_000 });
  await expect(agentSays).toHaveCount(0);
  const reader = await brand.consumer(await consumer.token());
  const [conversation] = await reader.conversations();
  const journal = await reader.texts(conversation!.convId);
  expect([...journal].sort()).toEqual(['hello', 'written at the desk without a line', 'written in the tunnel']);
  await expect(async () => {
    expect(await consumer.texts()).toEqual(journal);
    expect(await agent.texts()).toEqual(journal);
  }).toPass();
});
