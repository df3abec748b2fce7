import { expect, test } from './support/test.ts';

test('a shift by keyboard alone: log in, accept two, answer both, note, canned, transfer, back to queue, close', async ({ brand, browserOf, server }) => {
  await brand.skill('Sales');
  const support = await brand.skill('Support');
  await brand.admin('POST', 'canned-answers', { title: 'Goodbye', text: 'Have a good day!', shortcut: 'bye' });
  const { account, login, password } = await brand.agent('Ada');
  const page = await (await browserOf()).newPage();
  const keys = page.keyboard;
  await page.goto(`${server.url}/workspace?account=${account}`);
  await expect(page.getByLabel('Account')).toHaveValue(account);
  await keys.press('Tab');
  await keys.press('Tab');
  await keys.type(login);
  await keys.press('Tab');
  await keys.type(password);
  await keys.press('Enter');
  await expect(page.getByText('No open conversations')).toBeVisible();

  // Online, by the state's menu.
  await expect(page.getByRole('button', { name: /^Your state/ })).toBeEnabled();
  await keys.press('s');
  await expect(page.getByRole('menuitemradio', { name: 'Online' })).toBeFocused();
  await keys.press('Enter');
  await expect(page.getByRole('button', { name: 'Your state: Online' })).toBeVisible();

  const composer = page.getByRole('textbox', { name: 'Message' });
  const feed = page.getByRole('feed', { name: 'Messages' });
  const ann = await brand.consumer();
  const first = await ann.converse('I am the first');
  await expect(page.getByRole('button', { name: 'Accept' })).toBeVisible();
  await keys.press('a');
  await expect(feed.getByText('I am the first')).toBeVisible();
  await expect(composer).toBeFocused();
  await keys.type('Hello, first.');
  await keys.press('Enter');
  await expect(feed.getByText('Hello, first.')).toBeVisible();

  // The second rings while the agent is writing.
  await keys.type('I had begun');
  const bob = await brand.consumer();
  const second = await bob.converse('I am the second');
  await expect(page.getByRole('button', { name: 'Accept' })).toBeVisible();
  await keys.press('Alt+a');
  await expect(feed.getByText('I am the second')).toBeVisible();
  await expect(composer).toBeFocused();
  await keys.type('/bye');
  await expect(page.getByRole('option', { name: /Goodbye/ })).toBeVisible();
  await keys.press('Tab');
  await keys.press('Enter');
  await expect(feed.getByText('Have a good day!')).toBeVisible();
  await keys.press('Alt+n');
  await keys.type('Fine man.');
  await keys.press('Enter');
  await expect(feed.getByText('Private note', { exact: true })).toBeVisible();

  // Back and forth; what had begun is still there.
  await keys.press('Alt+ArrowDown');
  await keys.press('Alt+ArrowUp');
  await keys.press('Alt+2');
  await keys.press('Escape');
  await keys.press('k');
  await keys.press('j');
  await page.getByRole('link', { name: /I am the second|Fine man|Have a good day/ }).waitFor();
  await keys.press('Control+k');
  await keys.type('had begun');
  await keys.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // The first goes to another skill.
  await page.getByRole('link', { name: /first/ }).focus();
  await keys.press('Enter');
  await expect(feed.getByText('I am the first')).toBeVisible();
  await expect(composer).toHaveValue('I had begun');
  await keys.press('Alt+t');
  await expect(page.getByRole('searchbox', { name: 'Search skills' })).toBeFocused();
  await keys.type('supp');
  await keys.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(async () => (await ann.conversations()).find(({ convId }) => convId === first)?.conversationDetails.skillId).toBe(support);

  // It rings here again, because this agent has every skill; this time it is not taken.
  await expect(page.getByRole('button', { name: 'Reject' })).toBeVisible();
  await keys.press('Alt+x');
  await expect(page.getByRole('article', { name: /is waiting/ })).toHaveCount(0);

  // The second is closed, after a question.
  await expect(feed.getByText('I am the second')).toBeVisible();
  await keys.press('Alt+e');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Close conversation' })).toBeFocused();
  await keys.press('Enter');
  await expect(page.getByText('This conversation is closed')).toBeVisible();
  await expect.poll(async () => (await bob.conversations()).find(({ convId }) => convId === second)?.conversationDetails.state).toBe('CLOSE');

  await keys.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await keys.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('focus is seen, kept within dialogs and given back', async ({ brand, openWorkspace }) => {
  await brand.skill('Sales');
  const workspace = await openWorkspace(await brand.agent('Ada'));
  const { page } = workspace;
  await workspace.state('Online');
  await (await brand.consumer()).converse('Hello');
  await workspace.takeRing();
  const transfer = page.getByRole('button', { name: 'Transfer' });
  await transfer.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Transfer/ })).toBeVisible();
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement!.closest('dialog') !== null)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(transfer).toBeFocused();
  const more = page.getByRole('button', { name: 'More' });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /Back to queue/ })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: /Copy/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
});
