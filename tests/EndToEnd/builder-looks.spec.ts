import { Builder } from './support/Builder.ts';
import { expect, test } from './support/test.ts';

const shots = process.env.PARLEY_SHOTS;

for (const [device, viewport] of Object.entries({ desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every state of the builder is accessible: ${device}, ${colorScheme}`, async ({ server, brand, browserOf, axe }) => {
      const page = await (await browserOf({ viewport, colorScheme, reducedMotion: 'reduce' })).newPage();
      const builder = await new Builder(page).open(server.url, '#ms.PublishEvent');
      const isPhone = viewport.width < 900;
      const part = async (name: string) => {
        if (isPhone) await page.getByRole('tab', { name, exact: true }).click();
      };
      const look = async (state: string) => {
        if (shots) await page.screenshot({ path: `${shots}/builder-${state}-${device}-${colorScheme}.png` });
        await axe(page, state);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `${state} is not wider than the window`).toBeLessThanOrEqual(viewport.width);
      };

      await look('start');
      await page.getByRole('searchbox', { name: 'Search messages' }).fill('no such thing');
      await look('nothing-found');
      await page.getByRole('searchbox', { name: 'Search messages' }).fill('');
      await part('Build');
      await look('build');
      await builder.json.fill('{"kind":"req","id":"1","type":"ms.PublishEvent","body":{"event":{"type":"ContentEvent"}}}');
      await look('problems');
      await builder.json.fill('{\n  "kind": req\n}');
      await look('not-json');
      for (const view of ['What each member means', 'JSON Schema']) {
        await page.getByRole('tab', { name: view }).click();
        await look(view === 'JSON Schema' ? 'source' : 'schema');
      }

      await part('Frames');
      await look('no-frames');
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      await look('connect');
      await page.getByRole('tab', { name: 'As an agent or bot' }).click();
      await look('connect-agent');
      await page.keyboard.press('Escape');

      await builder.connectConsumer(brand.account);
      await builder.connectAgent(await brand.agent('Ada'));
      await expect(page.getByText('v2.1, open')).toBeVisible();
      for (const type of ['.ams.routing.SubscribeRoutingTasks', '.ams.routing.UpdateRingState']) {
        await part('Messages');
        await builder.choose(type);
        await part('Build');
        await builder.send();
      }
      await part('Frames');
      const refused = builder.frames('Agent 1', /^error/).last();
      await expect(refused).toBeVisible();
      await look('frames');
      await builder.look(refused);
      await refused.getByRole('button', { name: '"errorCode"' }).hover();
      await expect(refused).toContainText('Finer than the code');
      await look('frame');
      await part('Messages');
      await builder.choose('ms.MessagingEventNotification');
      await part('Build');
      await look('notification');
    });
  }
}
