import { expect, test } from './support/test.ts';

test('until the visitor turns to it, a page loads one script and nothing else', async ({ brand, openWindow, browserOf }) => {
  const context = await browserOf();
  const asked: string[] = [];
  context.on('request', request => asked.push(new URL(request.url()).pathname));
  const { page, launcher, composer } = await openWindow({ context });
  let sockets = 0;
  page.on('websocket', () => sockets++);
  await expect(launcher).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(asked.filter(path => path !== `/${brand.account}`)).toEqual(['/window.js']);
  expect(sockets).toBe(0);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);

  await launcher.click();
  await expect(composer).toBeFocused();
  await expect.poll(() => sockets).toBe(1);
  expect(asked).toContain(`/api/account/${brand.account}/availability`);
});

test('everything by keyboard: open, write, leave, and the focus is where it was', async ({ brand, openWindow }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const { page, launcher, panel, composer, ...consumer } = await openWindow();
  await page.getByRole('button', { name: 'Put into the basket' }).focus();
  await page.keyboard.press('Tab');
  await expect(launcher).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(composer).toBeFocused();
  await page.keyboard.type('first line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second line');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('first line second line')).toBeVisible();
  await expect(composer).toHaveValue('');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  await expect(panel.getByText('You are talking to Ada')).toBeVisible();

  // Backwards through all there is, and to the page again.
  const stops: string[] = [];
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('Shift+Tab');
    stops.push(await panel.evaluate(element => {
      const active = (element.getRootNode() as ShadowRoot).activeElement;
      return active?.getAttribute('aria-label') ?? active?.textContent ?? '';
    }));
  }
  expect(stops).toEqual(['Attach a file', 'Messages', 'Close chat', 'More', '']);

  await composer.focus();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(launcher).toBeFocused();
});

test('a button of the page opens it with words to begin with, and gets the focus back', async ({ openWindow }) => {
  const { page, panel, composer } = await openWindow();
  const button = page.getByRole('button', { name: 'Put into the basket' });
  await page.evaluate(() => {
    document.querySelector('main button')!.addEventListener('click', () => window.Parley!.open({ text: 'About the basket: ' }));
  });
  await button.click();
  await expect(composer).toHaveValue('About the basket: ');
  await expect(composer).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(button).toBeFocused();
});

test('a reload keeps the window, the messages, the draft and the consumer', async ({ brand, openWindow }) => {
  const window = await (await openWindow()).open();
  const { page, panel, composer } = window;
  await window.say('before the reload');
  await expect(panel.getByText('Sent', { exact: true })).toBeVisible();
  const before = await window.token();
  await composer.fill('half a sen');
  await page.reload();
  await expect(window.message('before the reload')).toBeVisible();
  await expect(composer).toHaveValue('half a sen');
  expect(await page.evaluate(() => document.activeElement === document.body), 'the page keeps the focus').toBe(true);
  await window.say('after the reload');
  await expect(window.message('after the reload')).toBeVisible();
  expect(await window.texts()).toEqual(['before the reload', 'after the reload']);
  const reader = await brand.consumer(before);
  await expect.poll(() => reader.conversations().then(all => all.length)).toBe(1);
});

test('two tabs are one consumer, in step', async ({ brand, openWindow, browserOf }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const context = await browserOf();
  const first = await openWindow({ context });
  const second = await openWindow({ context });
  await first.open();
  await first.say('from the first tab');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  const reader = await brand.consumer(await first.token());
  // A conversation rings as soon as it is open, which is before its first message.
  await expect.poll(() => reader.texts(convId)).toEqual(['from the first tab']);
  await agent.say(convId, 'for both');
  await expect(first.message('for both')).toBeVisible();
  // The other one had not been opened: it learns of the conversation all the same.
  await second.open();
  await expect(second.message('for both')).toBeVisible();
  await second.say('from the second tab');
  await expect(first.message('from the second tab')).toBeVisible();
  const all = ['from the first tab', 'for both', 'from the second tab'];
  expect(await first.texts()).toEqual(all);
  expect(await second.texts()).toEqual(all);
  // Each tab shows what the other is sending, so it is on both screens before it is stored.
  await expect.poll(() => reader.texts(convId)).toEqual(all);
  expect(await reader.conversations()).toHaveLength(1);
});

test('the page hears what happens', async ({ brand, openWindow }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const window = await openWindow();
  const { page } = window;
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    const { Parley } = globalThis as unknown as { Parley: { on(name: string, listener: (event: any) => void): void } };
    for (const name of ['opened', 'closed']) Parley.on(name, () => heard.push(name));
    Parley.on('message', event => heard.push(`${event.from}: ${event.text}`));
    Parley.on('unread', event => heard.push(`unread ${event.count}`));
    Parley.on('opened', () => {
      throw new Error('a listener that is broken');
    });
  });
  const failures: string[] = [];
  page.on('pageerror', error => failures.push(error.message));
  await page.evaluate(() => addEventListener('error', event => event.preventDefault()));
  await window.open();
  await window.say('hello');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  await expect(window.panel.getByText('You are talking to Ada')).toBeVisible();
  await page.evaluate(() => globalThis.window.Parley!.close());
  await agent.say(convId, 'hello yourself');
  await expect(page.getByRole('button', { name: /1 unread message/ })).toBeVisible();
  expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard))
    .toEqual(['unread 0', 'opened', 'consumer: hello', 'closed', 'agent: hello yourself', 'unread 1']);
});

test('forgetting makes the next one somebody new', async ({ brand, openWindow }) => {
  const window = await (await openWindow()).open();
  await window.say('who I was');
  await expect(window.panel.getByText('Sent', { exact: true })).toBeVisible();
  const before = await window.token();
  await window.choose('Forget me on this device');
  await window.panel.getByRole('group', { name: /can then no longer be read/ }).getByRole('button', { name: 'Forget me' }).click();
  await expect(window.message('who I was')).toHaveCount(0);
  await window.say('who I am');
  await expect(window.panel.getByText('Sent', { exact: true })).toBeVisible();
  expect(await window.token()).not.toBe(before);
  const reader = await brand.consumer(await window.token());
  const [conversation, ...others] = await reader.conversations();
  expect(others).toEqual([]);
  expect(await reader.texts(conversation!.convId)).toEqual(['who I am']);
});
