import { all, expect, hasDemo, test } from './support/test.ts';

test.skip(!hasDemo, 'the shop is the demo');

test('the shop: from the first look to a message at an agent', async ({ server, browserOf, axe }) => {
  const demo = await server.demo();
  const [login] = (await (await fetch(`${server.url}/demo.json`)).json() as { agents: { login: string; password: string }[] }).agents;
  const agent = await demo.agentSocket({ account: demo.account, id: '', pid: '', nickname: 'Ada', ...login! });
  await agent.state('ONLINE');
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
      if (!all && (viewport.width === 1280) !== (colorScheme === 'light')) continue;
      const page = await (await browserOf({ colorScheme, viewport, reducedMotion: 'reduce' })).newPage();
      await page.goto(server.url);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await axe(page, `the shop, ${colorScheme}, ${viewport.width}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing beside the screen').toBe(viewport.width);
    }
  }
  const page = await (await browserOf()).newPage();
  await page.goto(server.url);
  const panel = page.locator('#demo');
  await expect(panel.getByRole('button', { name: `Copy password ${login!.password}` })).toBeVisible();
  await expect(panel.getByRole('link', { name: 'Open the agent workspace' })).toHaveAttribute('href', '/workspace');
  await panel.getByRole('button', { name: 'Write as a customer' }).click();
  const composer = page.getByRole('textbox', { name: 'Write a message' });
  await expect(composer).toHaveValue(/rain/);
  await composer.press('Enter');
  expect((await agent.anyRing()).convId).toBeTruthy();
});

test('without the demo there is no panel with logins', async ({ server, browserOf, watch }) => {
  watch.expectConsole(/demo\.json|404/);
  const context = await browserOf();
  await context.route('**/demo.json', route => route.fulfill({ status: 404 }));
  const page = await context.newPage();
  await page.goto(server.url);
  await expect(page.getByRole('button', { name: 'Open chat' })).toBeVisible();
  await expect(page.locator('#demo')).toBeHidden();
});
