import { all, expect, hasDemo, test } from './support/test.ts';

// The window, the shop, the manager view, the settings and the builder are looked at beside their own tests.
for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    // Each device and each scheme once, all pairs in the long form.
    if (!all && (viewport.width === 1280) !== (colorScheme === 'light')) continue;
    test(`every state of an agent's workspace is accessible: ${viewport.width}, ${colorScheme}`, async ({ server, brand, browserOf, openWorkspace, axe, watch }) => {
      test.slow();
      watch.expectConsole(/ERR_INTERNET_DISCONNECTED/);
      const isPhone = viewport.width < 760;
      const look = { viewport, colorScheme, reducedMotion: 'reduce' } as const;
      const login = await (await browserOf(look)).newPage();
      await login.goto(`${server.url}/workspace`);
      if (hasDemo) await expect(login.getByText('This server runs as a demo')).toBeVisible();
      else await login.getByLabel('Account').fill(brand.account);
      await axe(login, 'login');
      await login.getByLabel('Login name').fill('nobody');
      await login.getByLabel('Password', { exact: true }).fill('nothing');
      await login.context().setOffline(true);
      await login.getByRole('button', { name: 'Log in' }).click();
      await expect(login.getByText('The server cannot be reached')).toBeVisible();
      await axe(login, 'login that failed');
      await login.close();

      const sales = await brand.skill('Sales');
      await brand.skill('Support');
      await brand.admin('POST', 'canned-answers', { title: 'Opening hours', text: 'Hello {firstName}, we are there from 9 to 5.', shortcut: 'hours', category: 'General' });
      const workspace = await openWorkspace(await brand.agent('Ada'), { browser: look });
      const { page } = workspace;
      await expect(page.getByText('No open conversations')).toBeVisible();
      await axe(page, 'nothing open');
      await workspace.state('Online');
      const consumer = await brand.consumer();
      await consumer.profile({ firstName: 'Ann', lastName: 'Smith', privateData: { mail: 'ann@example.com' } });
      const id = await consumer.converse('Where is my parcel?', { skillId: sales });
      await expect(workspace.accept).toBeVisible();
      await axe(page, 'a ring');
      await workspace.takeRing();
      const picture = { type: 'image', url: '/favicon.ico', tooltip: 'The shoe' };
      await consumer.publish(id, {
        type: 'RichContentEvent', content: { type: 'vertical', elements: [{ type: 'text', text: 'Running shoe', style: { bold: true } }, picture, { type: 'button', title: 'Buy', click: { actions: [{ type: 'link', uri: 'https://shop.example' }] } }] },
        quickReplies: { type: 'quickReplies', itemsPerRow: 2, replies: [{ type: 'button', title: 'Blue', click: { actions: [{ type: 'publishText', text: 'Blue' }] } }] },
      });
      await expect(workspace.message('Running shoe')).toBeVisible();
      await workspace.say('Let me see.');
      await workspace.composer.fill('@');
      await workspace.note.fill('It is stuck in Leipzig.');
      await axe(page, 'a note being written');
      await workspace.note.press('Enter');
      await expect(workspace.message('It is stuck in Leipzig.')).toBeVisible();
      await axe(page, 'a conversation');
      await workspace.composer.fill('/ho');
      await expect(page.getByRole('listbox', { name: 'Canned answers' })).toBeVisible();
      await axe(page, 'canned answers');
      await workspace.composer.press('Escape');
      await workspace.composer.fill('');
      await page.keyboard.press('Alt+t');
      await expect(page.getByRole('dialog').getByText('Support')).toBeVisible();
      await axe(page, 'transfer');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
      await axe(page, 'the palette');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+/');
      await expect(page.getByRole('dialog')).toBeVisible();
      await axe(page, 'the sheet of keys');
      await page.keyboard.press('Escape');
      if (isPhone) {
        await page.getByRole('button', { name: 'About the consumer' }).click();
        await axe(page, 'about the consumer');
        await page.getByRole('button', { name: 'Hide the details' }).click();
        await page.getByRole('button', { name: 'Back to the list' }).click();
        await axe(page, 'the list');
        await page.getByRole('link', { name: /Ann/ }).click();
      }
      await workspace.close.click();
      await expect(page.getByText('This conversation is closed')).toBeVisible();
      await axe(page, 'closed');
    });
  }
}
