import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from './support/test.ts';

test('in a sandboxed frame it works from memory, and a message arrives', async ({ server, brand, browserOf }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const framed = `<!doctype html><title>framed</title><body><script src=${server.url}/window.js data-account=${brand.account}></script>`;
  const site = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(request.url === '/framed' ? framed
      : '<!doctype html><html lang="en"><title>host</title><link rel="icon" href="data:,"><body><h1>Host</h1><iframe title="chat" src="/framed" sandbox="allow-scripts" width="500" height="700"></iframe>');
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  try {
    const page = await (await browserOf()).newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    const frame = page.frameLocator('iframe');
    expect(await page.frames()[1]!.evaluate(() => {
      try {
        return typeof localStorage;
      } catch (error) {
        return (error as Error).name;
      }
    })).toBe('SecurityError');
    await frame.getByRole('button', { name: 'Open chat' }).click();
    const composer = frame.getByRole('textbox', { name: 'Write a message' });
    await composer.fill('from a sandbox');
    await composer.press('Enter');
    const { convId } = await agent.anyRing();
    await agent.accept(convId);
    await agent.say(convId, 'into the sandbox');
    await expect(frame.locator('.bubble', { hasText: 'into the sandbox' })).toBeVisible();
    await frame.getByRole('button', { name: 'Close chat' }).click();
    await agent.say(convId, 'and closed');
    await expect(frame.getByRole('button', { name: 'Open chat, 1 unread message' })).toBeVisible();
  } finally {
    site.close();
    site.closeAllConnections();
  }
});
