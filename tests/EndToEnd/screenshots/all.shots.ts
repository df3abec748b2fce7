import { Builder } from '../support/Builder.ts';
import { give, png } from '../support/files.ts';
import { expect, test } from '../support/test.ts';
import { Camera } from './Camera.ts';
import { furnish, grinds, pastDay, sampler, visitor } from './scenes.ts';

for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const camera = new Camera(viewport, colorScheme);
    const device = `${viewport.width}, ${colorScheme}`;

    test(`the shop and the window: ${device}`, async ({ server, browserOf, watch }) => {
      watch.expectConsole(/ERR_|WebSocket/);
      const demo = await server.demo();
      const environment = await server.environment();
      const agent = await demo.agentSocket({ account: demo.account, id: '', pid: '', login: environment['LP_USER']!, password: environment['LP_PASS']!, nickname: 'Ada' });
      await agent.state('ONLINE');
      const context = await browserOf(camera.look);
      const page = await context.newPage();
      await page.goto(server.url);
      await expect(page.getByRole('button', { name: /^Open chat/ })).toBeVisible();
      await camera.take(page, 'shop');
      const window = page.locator('parley-window');
      await page.getByRole('button', { name: /^Open chat/ }).click();
      const composer = window.getByRole('textbox', { name: 'Write a message' });
      await composer.waitFor();
      await expect(window.getByText(/We are here for you|Usually answers/)).toBeVisible();
      await camera.take(page, 'window-empty');
      const say = async (text: string) => {
        await composer.fill(text);
        await composer.press('Enter');
      };
      await say('Hi! Which of your coffees would you take for a moka pot?');
      const { convId } = await agent.anyRing();
      await expect(window.getByText(/in line|Finding/).first()).toBeVisible();
      await camera.take(page, 'window-waiting');
      await agent.accept(convId);
      await agent.say(convId, 'Hello, good that you ask: this one, ground a little finer than for filter. How shall we grind it?');
      await agent.publish(convId, { type: 'RichContentEvent', content: sampler, quickReplies: grinds });
      await expect(window.getByText('Night Shift', { exact: true })).toBeVisible();
      await camera.take(page, 'window-card');
      await window.getByRole('button', { name: 'Moka pot' }).click();
      await agent.say(convId, 'Ground for a moka pot it is, and it leaves us this afternoon. Anything else?');
      await say('No, that is all. Thank you!');
      await agent.frames.request('.ams.ms.PublishEvent', { dialogId: convId, event: { type: 'ChatStateEvent', chatState: 'COMPOSING' } });
      await expect(window.getByText(/is typing/)).toBeVisible();
      await camera.take(page, 'window-conversation');
      await context.setOffline(true);
      await expect(window.getByText('You are offline')).toBeVisible();
      await camera.take(page, 'window-offline');
      await context.setOffline(false);
      await expect(window.getByText('You are offline')).toHaveCount(0);
      await agent.end(convId);
      await expect(window.getByText('How did we do?')).toBeVisible();
      await camera.take(page, 'window-rating');
    });

    test(`the workspace: ${device}`, async ({ server, brand, browserOf, openWorkspace, watch }) => {
      watch.expectConsole(/ERR_|WebSocket/);
      const login = await (await browserOf(camera.look)).newPage();
      await login.goto(`${server.url}/workspace`);
      await expect(login.getByText('This server runs as a demo')).toBeVisible();
      await camera.take(login, 'workspace-login');

      const { sales, returns, ada } = await furnish(brand);
      const workspace = await openWorkspace(ada, { browser: camera.look });
      const { page } = workspace;
      await expect(page.getByText('No open conversations')).toBeVisible();
      await camera.take(page, 'workspace-empty');
      await workspace.state('Online');
      const back = async () => {
        if (camera.isPhone) await page.getByRole('button', { name: 'Back to the list' }).click();
      };
      const own = [];
      for (const index of [1, 3, 2, 6, 7, 0]) {
        const one = await visitor(brand, index, index % 2 ? returns : sales);
        own.push(one);
        await workspace.takeRing();
        if (index === 7) await workspace.say('Gladly. Have a good run!');
        if (index !== 0) await back();
      }
      const hannah = own.at(-1)!;
      await workspace.say('Hello Hannah, they do, by half a size. What do you wear otherwise?');
      await hannah.socket.say(hannah.id, 'Usually 42 in road shoes.');
      await give(workspace.composer, 'drop', png('ridge.png', 320, 160, [38, 84, 76]));
      await workspace.composer.press('Enter');
      await expect(workspace.messages.getByRole('img').last()).toBeVisible();
      await workspace.composer.fill('@');
      await workspace.note.fill('Keep a pair of 42.5 for her until tomorrow.');
      await camera.take(page, 'workspace-note');
      await workspace.note.press('Enter');
      await workspace.say('Then take 42.5. This is the one I mean.');
      await hannah.socket.say(hannah.id, 'Lovely, I take them. Do you have the green ones?');
      await expect(workspace.message('Lovely, I take them. Do you have the green ones?')).toBeVisible();
      await camera.take(page, 'workspace-conversation');
      await workspace.composer.fill('/');
      await expect(page.getByRole('listbox', { name: 'Canned answers' })).toBeVisible();
      await camera.take(page, 'workspace-canned');
      await workspace.composer.press('Escape');
      await workspace.composer.fill('');
      await page.keyboard.press('Alt+t');
      await expect(page.getByRole('dialog').getByText('Club')).toBeVisible();
      await camera.take(page, 'workspace-transfer');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
      await camera.take(page, 'workspace-palette');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+/');
      await expect(page.getByRole('dialog')).toBeVisible();
      await camera.take(page, 'workspace-keys');
      await page.keyboard.press('Escape');
      if (camera.isPhone) {
        await page.getByRole('button', { name: 'About the consumer' }).click();
        await camera.take(page, 'workspace-details');
        await page.getByRole('button', { name: 'Hide the details' }).click();
      }
      await back();
      await visitor(brand, 4, sales);
      await expect(workspace.accept).toBeVisible();
      await camera.take(page, 'workspace-ring');
      if (camera.isPhone) await page.getByRole('link', { name: /Hannah/ }).click();
      await page.context().setOffline(true);
      await expect(page.getByRole('status').or(page.getByRole('alert')).filter({ hasText: /offline|not connected|no connection/i }).first()).toBeVisible();
      await camera.take(page, 'workspace-offline');
      await page.context().setOffline(false);
      await expect(workspace.close).toBeEnabled();
      await workspace.close.click();
      await expect(page.getByText('This conversation is closed')).toBeVisible();
      await camera.take(page, 'workspace-closed');
    });

    test(`manager view and settings: ${device}`, async ({ server, brand, openWorkspace }) => {
      const { sales, returns, ada, marta } = await furnish(brand);
      const agents = [];
      for (const login of ['tomas', 'mei', 'jonas']) {
        const agent = await brand.agentSocket({ ...ada, login, password: `${login}-correct-horse` });
        agents.push(agent);
      }
      const [tomas, mei, jonas] = agents;
      await tomas!.state('ONLINE');
      await pastDay(brand, tomas!, sales, 9);
      for (let i = 0; i < 3; i++) await tomas!.accept((await visitor(brand, i, sales)).id);
      await mei!.state('ONLINE');
      await mei!.accept((await visitor(brand, 3, returns)).id);
      await mei!.accept((await visitor(brand, 5, returns)).id);
      await mei!.state('BACK_SOON');
      await jonas!.state('OCCUPIED');
      for (const index of [4, 6, 7, 1]) await visitor(brand, index, index === 1 ? returns : sales);
      const workspace = await openWorkspace(marta, { browser: camera.look });
      const { page } = workspace;
      const visit = async (path: string, shown: RegExp | string, name: string) => {
        await page.goto(`${server.url}/workspace/${path}`);
        await expect(page.getByRole('main').getByText(shown).filter({ visible: true }).first()).toBeVisible();
        await expect(page.locator('.ui-skeleton')).toHaveCount(0);
        await camera.take(page, name);
      };
      await visit('manager/overview', 'Tomás Vega', 'manager-overview');
      await visit('manager/figures', /Tomás/, 'manager-figures');
      await visit('manager/conversations', /Luca/, 'manager-conversations');
      await page.getByRole('main').getByText(/Luca/).filter({ visible: true }).first().click();
      await expect(workspace.messages).toBeVisible();
      await camera.take(page, 'manager-conversation');
      for (const [section, shown] of [['agents', 'Tomás Vega'], ['skills', 'Returns'], ['answers', 'Return label'], ['brand', /Brand/], ['routing', /ring/i], ['hours', /Monday/], ['messages', /Welcome/i], ['reasons', /Reasons/i]] as const) {
        await visit(`settings/${section}`, shown, `settings-${section}`);
      }
    });

    test(`the builder: ${device}`, async ({ server, brand, browserOf }) => {
      const consumer = await brand.consumer();
      const page = await (await browserOf(camera.look)).newPage();
      const builder = await new Builder(page).open(server.url, '#ms.PublishEvent');
      await camera.take(page, 'builder-start');
      if (camera.isPhone) await page.getByRole('tab', { name: 'Build', exact: true }).click();
      await builder.json.fill(JSON.stringify({ kind: 'req', id: '7', type: 'ms.PublishEvent', body: { dialogId: consumer.id, event: { type: 'ContentEvent', contentType: 'text/plain', message: 'Hello' } } }, null, 2));
      await camera.take(page, 'builder-form');
    });
  }
}
