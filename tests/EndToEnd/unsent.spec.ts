import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { Workspace } from './support/Workspace.ts';

const lost = /WebSocket connection|ERR_CONNECTION|Failed to (load resource|fetch)/;
const offline = (page: Page) => page.getByText('You are offline');

test('what an agent wrote while the server was gone survives his page, and arrives once', async ({ server, brand, watch, openWindow, openWorkspace }) => {
  watch.expectConsole(lost);
  const ada = await brand.agent('Ada');
  const agent = await openWorkspace(ada);
  const { page } = agent;
  await agent.state('Online');
  const consumer = await (await openWindow()).open();
  await consumer.say('hello');
  await agent.takeRing();
  await agent.say('Good day!');
  await expect(consumer.message('Good day!')).toBeVisible();
  const address = page.url();

  await server.crash();
  await expect(offline(page)).toBeVisible();
  await agent.say('Before the reload, one');
  await agent.say('Before the reload, two');
  await agent.composer.fill('half a sen');
  // As a reload that finds no server, then one that does; nothing of the page has time to say goodbye.
  await page.goto('about:blank');
  await server.restart();
  await page.goto(address);
  await expect(agent.composer).toHaveValue('half a sen');
  await expect(consumer.message('Before the reload, two')).toBeVisible({ timeout: 40_000 });

  // The tab is gone with its login; whoever logs in again finds what he wrote.
  await server.crash();
  await expect(offline(page)).toBeVisible();
  await agent.say('Before the tab was closed');
  await agent.composer.fill('another half');
  await page.close();
  await server.restart();
  const again = new Workspace(await page.context().newPage(), server.url);
  await again.logIn(ada);
  await again.page.goto(address);
  await expect(again.message('Before the tab was closed')).toBeVisible();
  await expect(again.composer).toHaveValue('another half');
  await expect(consumer.message('Before the tab was closed')).toBeVisible({ timeout: 40_000 });

  const said = ['hello', 'Good day!', 'Before the reload, one', 'Before the reload, two', 'Before the tab was closed'];
  const reader = await brand.consumer(await consumer.token());
  const [conversation] = await reader.conversations();
  expect(await reader.texts(conversation!.convId)).toEqual(said);
  await expect.poll(() => again.texts()).toEqual(said);
  await expect.poll(() => consumer.texts()).toEqual(said);
});

test('a logout asks when something is not sent, and leaves nothing for the next at the machine', async ({ server, brand, watch, openWindow, openWorkspace }) => {
  watch.expectConsole(lost);
  const agent = await openWorkspace(await brand.agent('Ada'));
  const ben = await brand.agent('Ben');
  const { page } = agent;
  await agent.state('Online');
  const consumer = await (await openWindow()).open();
  await consumer.say('hello');
  await agent.takeRing();
  await server.crash();
  await expect(offline(page)).toBeVisible();
  await agent.say('a secret of Ada');
  await agent.composer.fill('a secret that Ada has begun');
  const kept = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]).match(/a secret/g)?.length ?? 0);
  expect(await kept()).toBe(2);

  const logOut = async () => {
    await page.getByRole('button', { name: /: preferences/ }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
  };
  await logOut();
  const asked = page.getByRole('dialog', { name: 'Log out and discard what is not sent?' });
  await expect(asked).toContainText('One message is not on the server yet.');
  await expect(asked).toContainText('One answer is begun and not sent.');
  await asked.getByRole('button', { name: 'Stay' }).click();
  await expect(agent.composer).toHaveValue('a secret that Ada has begun');
  await logOut();
  await asked.getByRole('button', { name: 'Log out and discard' }).click();
  await expect(page.getByRole('heading', { name: 'Log in to Parley' })).toBeVisible();
  expect(await kept()).toBe(0);

  await server.restart();
  await agent.logIn(ben);
  await expect(page.getByText('No open conversations')).toBeVisible();
  expect(await page.content()).not.toContain('a secret');
  const reader = await brand.consumer(await consumer.token());
  const [conversation] = await reader.conversations();
  expect(await reader.texts(conversation!.convId)).toEqual(['hello']);
});

test('files that are chosen stay with their conversation, and the browser asks before they go with the page', async ({ brand, openWorkspace }) => {
  const agent = await openWorkspace(await brand.agent('Ada'));
  const { page } = agent;
  await agent.state('Online');
  for (const text of ['First', 'Second']) {
    await (await brand.consumer()).converse(text);
    await agent.takeRing();
    await expect(agent.message(text)).toBeVisible();
  }
  await page.locator('input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('brew for three minutes') });
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached).toContainText('notes.txt');
  const questions: string[] = [];
  page.on('dialog', dialog => {
    questions.push(dialog.type());
    void dialog.dismiss();
  });
  await agent.list.getByRole('link', { name: /First/ }).click();
  await expect(agent.message('First')).toBeVisible();
  await expect(attached).toHaveCount(0);
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => questions).toEqual(['beforeunload']);

  await agent.list.getByRole('link', { name: /Second/ }).click();
  await expect(attached).toContainText('notes.txt');
  await agent.composer.press('Enter');
  await expect(agent.messages.getByText('notes.txt')).toBeVisible();
  await expect(agent.messages.getByText('Sent', { exact: true })).toBeVisible();
  await page.reload();
  await expect(agent.message('Second')).toBeVisible();
  expect(questions).toEqual(['beforeunload']);
});
