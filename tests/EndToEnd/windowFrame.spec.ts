import { expect, test } from './support/test.ts';

test('in a sandboxed frame it works from memory, and a message arrives', async ({ server, brand, openWindow }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const framed = `<!doctype html><html lang='en'><title>framed</title><body><script src='${server.url}/window.js' data-account='${brand.account}'></script>`;
  const { page } = await openWindow({ body: `<iframe title="chat" sandbox="allow-scripts" width="500" height="700" srcdoc="${framed}"></iframe>` });
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Open chat' }).click();
  expect(await page.frames()[1]!.evaluate(() => {
    try {
      return typeof localStorage;
    } catch (error) {
      return (error as Error).name;
    }
  })).toBe('SecurityError');
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
});
