import { ParleyServer } from './support/ParleyServer.ts';
import { SiteCopy } from './support/SiteCopy.ts';
import { expect, test as base } from './support/test.ts';

const test = base.extend<{ upgrade(without?: RegExp): Promise<void> }, { pages: SiteCopy; server: ParleyServer }>({
  pages: [async ({}, use) => {
    const pages = await SiteCopy.make();
    await use(pages);
    await pages.remove();
  }, { scope: 'worker' }],

  server: [async ({ pages }, use) => {
    const server = await ParleyServer.start('--site', pages.folder);
    await use(server);
    await server.stop();
  }, { scope: 'worker' }],

  /** The server is stopped, and one of a newer build is there in its place. */
  upgrade: async ({ pages, server, watch }, use) => {
    // The former assets are gone, and for a moment the server.
    watch.expectConsole(/WebSocket connection|ERR_|404|Failed to (load resource|fetch)|Refused to apply style|blocked by CORS/);
    await use(async without => {
      await server.crash();
      await pages.rebuild(without);
      await server.restart();
    });
  },
});

test('a workspace that was left open over an upgrade becomes the new one, once, and keeps what was begun', async ({ brand, upgrade, openWorkspace }) => {
  const agent = await openWorkspace(await brand.agent('Mia', { role: 'manager' }));
  const { page } = agent;
  await agent.state('Online');
  await (await brand.consumer()).converse('hello');
  await agent.takeRing();
  await agent.composer.fill('half an answ');
  await upgrade();
  await expect(page.getByText('You are offline')).toHaveCount(0, { timeout: 40_000 });
  let loads = 0;
  page.on('load', () => loads++);
  await page.getByRole('link', { name: 'Manager view' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/./);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.getByRole('link', { name: /^Conversations/ }).click();
  await agent.list.getByRole('link', { name: /half an answ/ }).click();
  await expect(agent.composer).toHaveValue('half an answ');
  expect(loads).toBe(1);
});

test('a view that the new build lacks too is told of, and the page is not loaded again and again', async ({ brand, upgrade, openWorkspace }) => {
  const { page } = await openWorkspace(await brand.agent('Mia', { role: 'manager' }));
  await upgrade(/^manager-.*\.js/);
  let loads = 0;
  page.on('load', () => loads++);
  await page.getByRole('link', { name: 'Manager view' }).click();
  await expect(page.getByRole('alert')).toContainText('The server is there, but this view is not.');
  expect(loads).toBe(1);
});

test('chosen files keep the workspace from becoming the new one until that is asked for', async ({ brand, upgrade, openWorkspace }) => {
  const agent = await openWorkspace(await brand.agent('Mia', { role: 'manager' }));
  const { page } = agent;
  await agent.state('Online');
  await (await brand.consumer()).converse('hello');
  await agent.takeRing();
  await page.locator('input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('brew for three minutes') });
  await upgrade();
  await page.getByRole('link', { name: 'Manager view' }).click();
  await expect(page.getByRole('alert')).toContainText('The server has a newer version of this page.');
  await page.getByRole('link', { name: /^Conversations/ }).click();
  await agent.list.getByRole('link', { name: /hello/ }).click();
  await expect(page.getByRole('list', { name: 'Attached files' })).toContainText('notes.txt');
  // What sends files came with the first conversation.
  await agent.composer.press('Enter');
  await expect(agent.messages.getByText('Sent', { exact: true })).toBeVisible({ timeout: 40_000 });
  await page.getByRole('link', { name: 'Manager view' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/./);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a page that was open before an upgrade opens the window of after it', async ({ brand, upgrade, openWindow }) => {
  const window = await openWindow({ lang: 'de' });
  await expect(window.page.getByRole('button', { name: 'Chat öffnen' })).toBeVisible();
  await upgrade();
  await window.page.getByRole('button', { name: 'Chat öffnen' }).click();
  const composer = window.panel.getByRole('textbox', { name: 'Nachricht schreiben' });
  await composer.fill('hello');
  await composer.press('Enter');
  await expect(window.panel.getByText('Gesendet', { exact: true })).toBeVisible();
  const reader = await brand.consumer(await window.token());
  const [conversation] = await reader.conversations();
  expect(await reader.texts(conversation!.convId)).toEqual(['hello']);
});

test('a window that was open over an upgrade sends what was written meanwhile, files too, once', async ({ brand, server, upgrade, openWindow }) => {
  const window = await (await openWindow()).open();
  await window.say('before');
  await expect(window.panel.getByText('Sent', { exact: true })).toBeVisible();
  await server.crash();
  await window.say('while it is gone');
  await window.panel.locator('input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('brew for three minutes') });
  await window.composer.press('Enter');
  await upgrade();
  await expect(window.panel.getByText('Sending', { exact: true })).toHaveCount(0, { timeout: 40_000 });
  const reader = await brand.consumer(await window.token());
  const [conversation] = await reader.conversations();
  const contents = (await reader.journal(conversation!.convId)).filter(({ event }) => event.type === 'ContentEvent').map(({ event }) => (event.contentType === 'text/plain' ? event.message : event.contentType));
  expect(contents).toEqual(['before', 'while it is gone', 'hosted/file']);
});
