import type { ConsumerWindow } from './support/ConsumerWindow.ts';
import { all, expect, test } from './support/test.ts';
import type { Workspace } from './support/Workspace.ts';

const kills = all ? 10 : 1;
// Of each side: while the server is there, while it is gone, and while it comes back.
const perRound = 3;
const tall = { viewport: { width: 1280, height: 14_000 } };

test('a server that is killed while both sides write loses nothing and doubles nothing', async ({ server, brand, watch, openWindow, openWorkspace }) => {
  test.slow();
  watch.expectConsole(/WebSocket connection|ERR_CONNECTION|Failed to (load resource|fetch)/);
  const agent = await openWorkspace(await brand.agent('Ada'), { browser: tall });
  await agent.state('Online');
  const consumer = await (await openWindow({ browser: tall })).open();
  const said: string[] = [];
  const say = async (side: ConsumerWindow | Workspace, text: string) => {
    said.push(text);
    await side.say(text);
  };
  const both = (moment: string) => Promise.all(
    [[consumer, 'consumer'], [agent, 'agent']].map(async ([side, name]) => {
      for (let i = 1; i <= perRound; i++) await say(side as ConsumerWindow | Workspace, `${name}, ${moment}, ${i}`);
    }),
  );
  await say(consumer, 'hello');
  await agent.takeRing();

  for (let kill = 1; kill <= kills; kill++) {
    const writing = both(`kill ${kill}`);
    await server.crash();
    await writing;
    await both(`gone ${kill}`);
    await expect(consumer.panel.getByRole('status').filter({ hasText: /offline|Connecting/ })).toBeVisible();
    const back = server.restart();
    await both(`back ${kill}`);
    await back;
    await expect(consumer.panel.getByRole('status').filter({ hasText: /offline|Connecting/ })).toHaveCount(0, { timeout: 40_000 });
  }

  const jwt = await consumer.token();
  const reader = await brand.consumer(jwt);
  const conversations = await reader.conversations();
  expect(conversations).toHaveLength(1);
  const id = conversations[0]!.convId;
  await expect(async () => expect((await reader.texts(id)).length).toBeGreaterThanOrEqual(said.length)).toPass({ timeout: 60_000 });
  const journal = await reader.texts(id);
  expect([...journal].sort(), 'each once in the journal').toEqual([...said].sort());
  await expect(async () => expect(await consumer.allTexts()).toEqual(journal)).toPass();
  await expect(async () => expect(await agent.texts()).toEqual(journal)).toPass();
  // Each side in the order in which it wrote.
  for (const name of ['consumer', 'agent']) expect(journal.filter(text => text.startsWith(`${name},`))).toEqual(said.filter(text => text.startsWith(`${name},`)));
});
