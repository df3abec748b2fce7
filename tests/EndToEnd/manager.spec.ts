import type { Locator, Page } from '@playwright/test';
import type { Brand } from './support/Brand.ts';
import { expect, test } from './support/test.ts';
import type { Workspace } from './support/Workspace.ts';

const manager = (brand: Brand) => brand.agent('Marta', { role: 'manager' });
const open = async ({ page }: Workspace, view = 'overview') => {
  await page.getByRole('link', { name: 'Manager view' }).click();
  await expect(page.getByRole('heading', { name: 'Manager view', level: 1 })).toBeVisible();
  if (view !== 'overview') await page.getByRole('tab', { name: view }).first().click();
};
const number = (page: Page, name: string) => page.locator(`[data-number="${name}"]`);
const panel = (page: Page) => page.getByRole('complementary', { name: /./ });
const row = (page: Page, name: string): Locator => page.getByRole('list', { name: 'Conversations', exact: true }).getByRole('link', { name });

async function consumer(brand: Brand, firstName: string, text: string, skillId?: string) {
  const socket = await brand.consumer();
  await socket.profile({ firstName });
  return { socket, id: await socket.converse(text, skillId === undefined ? {} : { skillId }) };
}

test('the numbers, the queue and the agents change as consumers come and agents take them', async ({ brand, openWorkspace }) => {
  const sales = await brand.skill('Sales');
  const ada = await brand.agentSocket(await brand.agent('Ada', { maxSlots: 2, skills: [{ id: sales }] }));
  const { page } = await (async () => {
    const workspace = await openWorkspace(await manager(brand));
    await open(workspace);
    return workspace;
  })();
  await expect(number(page, 'Waiting')).toHaveText('0');
  await expect(number(page, 'Longest wait')).toHaveText('–');
  await expect(number(page, 'Active')).toHaveText('0');
  await expect(number(page, 'Agents with free slots')).toHaveText('0');
  await expect(page.getByText('Nobody waits', { exact: true })).toBeVisible();

  const ann = await consumer(brand, 'Ann', 'Hello?', sales);
  const queue = page.getByRole('table', { name: 'Queue' });
  await expect(number(page, 'Waiting')).toHaveText('1');
  await expect(number(page, 'Longest wait')).toHaveText(/^0:\d\d$/);
  await expect(queue.getByRole('row', { name: /Ann/ })).toContainText('Sales');
  const support = await brand.skill('Support');
  await consumer(brand, 'Bob', 'Is somebody there?', support);
  await expect(number(page, 'Waiting')).toHaveText('2');

  await ada.state('ONLINE');
  await expect(number(page, 'Agents with free slots')).toHaveText('1');
  await expect(page.locator('[data-agent="ada"]')).toContainText('Online');
  await expect(queue.getByRole('row', { name: /Ann/ })).toContainText('rings Ada');
  await ada.accept(ann.id);
  await expect(number(page, 'Waiting')).toHaveText('1');
  await expect(number(page, 'Active')).toHaveText('1');
  await expect(queue.getByRole('row', { name: /Ann/ })).toHaveCount(0);
  await expect(page.getByRole('meter', { name: 'Load of Ada' })).toHaveAttribute('aria-valuetext', /of 2 slots taken$/);
  await page.getByRole('button', { name: 'Show the conversation of Ada' }).click();
  await expect(page.locator('[data-agent="ada"]').getByRole('link', { name: /Ann/ })).toBeVisible();

  await ada.end(ann.id);
  await expect(number(page, 'Active')).toHaveText('0');
});

test('a manager reads, joins, leaves and takes over; consumer and agent see it', async ({ brand, openWorkspace, openWindow }) => {
  const ada = await openWorkspace(await brand.agent('Ada'));
  await ada.state('Online');
  const window = await (await openWindow()).open();
  await window.say('My shoes are too small.');
  await ada.takeRing();
  await ada.say('Ada here.');

  const marta = await openWorkspace(await manager(brand));
  await open(marta, 'Conversations');
  const { page } = marta;
  await page.getByRole('list', { name: 'Conversations', exact: true }).getByRole('link').first().click();
  await expect(marta.message('My shoes are too small.')).toBeVisible();
  await expect(panel(page)).toContainText('with Ada');
  await expect(marta.composer).toHaveCount(0);
  // Live, and nobody is told that somebody reads.
  await window.say('And the colour is wrong.');
  await expect(marta.message('And the colour is wrong.')).toBeVisible();

  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await marta.say('Marta here, I help.');
  await expect(ada.message('Marta here, I help.')).toBeVisible();
  await expect(window.message('Marta here, I help.')).toBeVisible();
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(marta.composer).toHaveCount(0);
  await expect(ada.composer).toBeVisible();

  await page.getByRole('button', { name: 'Take over' }).click();
  await expect(panel(page)).toContainText('with you');
  await expect(ada.composer).toHaveCount(0);
  await marta.say('It is mine now.');
  await expect(window.message('It is mine now.')).toBeVisible();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Back to queue/ }).click();
  await expect(panel(page)).toContainText('in the queue');
  await expect(ada.accept).toBeVisible();
});

test('a conversation is reassigned to an agent who is there, and to a skill', async ({ brand, openWorkspace }) => {
  const sales = await brand.skill('Sales');
  const support = await brand.skill('Support');
  const ada = await openWorkspace(await brand.agent('Ada', { skills: [{ id: sales }] }));
  const ben = await openWorkspace(await brand.agent('Ben', { skills: [{ id: support }] }));
  await brand.agent('Cleo');
  await ada.state('Online');
  await ben.state('Online');
  const ann = await consumer(brand, 'Ann', 'Hello?', sales);
  await ada.takeRing();
  const marta = await openWorkspace(await manager(brand));
  await open(marta, 'Conversations');
  const { page } = marta;
  await row(page, 'Ann').click();
  await expect(panel(page)).toContainText('with Ada');

  await page.getByRole('button', { name: 'Reassign' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: /^Cleo/ })).toHaveAttribute('aria-disabled', 'true');
  await expect(dialog.getByRole('button', { name: /^Cleo/ })).toContainText('Not connected');
  await expect(dialog.getByRole('button', { name: /^Ada/ })).toContainText('Has it now');
  await expect(dialog.getByRole('button', { name: /^Ben/ })).toContainText('lacks the skill');
  await dialog.getByRole('button', { name: /^Ben/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(panel(page)).toContainText(/with Ben|handed to Ben/);
  await expect(ada.composer).toHaveCount(0);
  await ben.accept.or(ben.list.getByRole('link', { name: /Ann/ })).first().click();
  await ben.composer.waitFor();
  await expect(panel(page)).toContainText('with Ben');
  await ann.socket.say(ann.id, 'Who is there?');
  await expect(ben.message('Who is there?')).toBeVisible();

  await page.getByRole('button', { name: 'Reassign' }).click();
  await dialog.getByRole('tab', { name: 'To a skill' }).click();
  await dialog.getByRole('button', { name: /^Sales/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(ben.composer).toHaveCount(0);
  await expect(ada.accept).toBeVisible();
  await page.getByRole('tab', { name: 'Why it is here' }).click();
  const why = page.getByRole('region', { name: 'Why it is here' });
  await expect(why).toContainText('It rings at Ada.');
  await expect(why.getByRole('listitem').filter({ hasText: 'Ada' }).first()).toContainText('rings');
  await expect(why.getByRole('listitem').filter({ hasText: 'accepted' }).first()).toBeVisible();
  await ada.takeRing();
  await expect(why).toContainText('Ada has it.');
});

test('a conversation that waits is reassigned before anybody had it', async ({ brand, openWorkspace }) => {
  const sales = await brand.skill('Sales');
  const support = await brand.skill('Support');
  const ben = await brand.agentSocket(await brand.agent('Ben', { skills: [{ id: support }] }));
  await ben.state('ONLINE');
  const ann = await consumer(brand, 'Ann', 'Hello?', sales);
  const marta = await openWorkspace(await manager(brand));
  await open(marta);
  const { page } = marta;
  await page.getByRole('table', { name: 'Queue' }).getByRole('link', { name: 'Ann' }).click();
  await page.getByRole('tab', { name: 'Why it is here' }).click();
  const why = page.getByRole('region', { name: 'Why it is here' });
  await expect(why).toContainText('It waits for an agent.');
  await expect(why).toContainText('To nobody yet.');
  await page.getByRole('button', { name: 'Reassign' }).click();
  await page.getByRole('dialog').getByRole('tab', { name: 'To a skill' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Support/ }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await ben.accept(ann.id);
  await expect(panel(page)).toContainText('with Ben');
});

test('conversations are found by words and filters, and opened and left by keyboard', async ({ brand, openWorkspace }) => {
  const sales = await brand.skill('Sales');
  const ada = await brand.agentSocket(await brand.agent('Ada'));
  await ada.state('ONLINE');
  const ann = await consumer(brand, 'Ann', 'Where is my parcel?', sales);
  await ada.accept(ann.id);
  await ada.say(ann.id, 'I look.');
  await ada.state('AWAY');
  await consumer(brand, 'Bob', 'Refund, please');
  const closed = await consumer(brand, 'Cid', 'Bye');
  await closed.socket.update(closed.id, { field: 'ConversationStateField', conversationState: 'CLOSE' });
  const marta = await openWorkspace(await manager(brand));
  await open(marta, 'Conversations');
  const { page } = marta;
  const keys = page.keyboard;
  const links = page.getByRole('list', { name: 'Conversations', exact: true }).getByRole('link');
  await expect(links).toHaveCount(2);
  await expect(links.first()).toContainText('Bob');

  await keys.press('/');
  await keys.type('parcel');
  await expect(page.getByText('None of them fits')).toBeVisible();
  await keys.press('Escape');
  await keys.type('ANN');
  await expect(links).toHaveCount(1);
  await keys.press('ArrowDown');
  await expect(links.first()).toBeFocused();
  await keys.press('Enter');
  await expect(page.getByRole('heading', { name: 'Ann', level: 2 })).toBeFocused();
  await expect(marta.message('Where is my parcel?')).toBeVisible();
  await keys.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await expect(links.first()).toBeFocused();

  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await page.getByRole('combobox', { name: 'Skill' }).selectOption({ label: 'Sales' });
  await expect(links).toHaveText([/Ann/]);
  await page.getByRole('combobox', { name: 'Skill' }).selectOption({ label: 'Every skill' });
  await page.getByRole('combobox', { name: 'Agent' }).selectOption({ label: 'Ada' });
  await expect(links).toHaveText([/Ann/]);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await page.getByRole('tab', { name: /^Waiting/ }).click();
  await expect(links).toHaveText([/Bob/]);
  await page.getByRole('tab', { name: 'Closed' }).click();
  await expect(links).toHaveText([/Cid/]);
  await links.first().click();
  await expect(panel(page)).toContainText('closed');
  await expect(page.getByRole('button', { name: 'Join', exact: true })).toHaveCount(0);
});

test('the plots of the day tell their values to the keyboard and to screen readers', async ({ brand, openWorkspace }) => {
  // Where it is late now, so that the day has hours.
  const zone = Array.from({ length: 24 }, (_, hours) => `Etc/GMT${hours - 12 < 0 ? hours - 12 : `+${hours - 12}`}`).find(name => Number(new Intl.DateTimeFormat('en', { timeZone: name, hour: 'numeric', hourCycle: 'h23' }).format()) === 14)!;
  await brand.set({ workingHours: { timeZone: zone, days: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(day => [day, ['00:00-24:00']])) } });
  const ada = await brand.agentSocket(await brand.agent('Ada'));
  await ada.state('ONLINE');
  const ann = await consumer(brand, 'Ann', 'Hello?');
  await ada.accept(ann.id);
  await ada.say(ann.id, 'Yes?');
  await consumer(brand, 'Bob', 'Hello?');
  const { page } = await (async () => {
    const workspace = await openWorkspace(await manager(brand));
    await open(workspace);
    return workspace;
  })();
  const arrivals = page.getByRole('slider', { name: 'Arrivals, hour by hour' });
  await expect(arrivals).toHaveAttribute('aria-valuetext', '14:00 to 15:00: 2');
  await arrivals.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(arrivals).toHaveAttribute('aria-valuetext', '13:00 to 14:00: 0');
  const table = page.getByRole('table', { name: 'Arrivals by hour' });
  await expect(table.getByRole('row')).toHaveCount(16);
  await expect(table.getByRole('row', { name: '14:00 2' })).toHaveCount(1);
  await expect(page.getByRole('table', { name: 'Average first answer by hour' }).getByRole('row').last()).toHaveText(/^14:00\d+ s$/);
  await arrivals.hover({ position: { x: 40, y: 40 } });
  await expect(arrivals).toHaveAttribute('aria-valuetext', '00:00 to 01:00: 0');

  await page.getByRole('tab', { name: 'Figures' }).click();
  const skills = page.getByRole('region', { name: 'Figures by skill' });
  await expect(skills.getByRole('row', { name: /^All/ })).toContainText('2');
  await expect(page.getByRole('region', { name: 'Figures by agent' }).getByRole('row', { name: /^Ada/ })).toContainText('100 %');
});

test('while the server is gone the view says of when it is, and is right again after', async ({ server, brand, watch, openWorkspace }) => {
  watch.expectConsole(/WebSocket connection|ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|Failed to (load resource|fetch)/);
  await consumer(brand, 'Ann', 'Hello?');
  const { page } = await (async () => {
    const workspace = await openWorkspace(await manager(brand));
    await open(workspace);
    return workspace;
  })();
  await expect(number(page, 'Waiting')).toHaveText('1');
  await server.crash();
  await expect(page.getByText(/Queue and agents are as they were/)).toBeVisible();
  await expect(page.getByText('Not live')).toBeVisible();
  await expect(number(page, 'Waiting')).toHaveText('1');
  await server.restart();
  await consumer(brand, 'Bob', 'Hello?');
  await expect(page.getByText('Not live')).toHaveCount(0, { timeout: 40_000 });
  await expect(number(page, 'Waiting')).toHaveText('2');
});

test('an agent without the role sees no way there, and nothing when he goes there', async ({ brand, openWorkspace, server }) => {
  const { page } = await openWorkspace(await brand.agent('Ada'));
  await expect(page.getByRole('link', { name: 'Conversations' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Manager view' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Settings' })).toHaveCount(0);
  const asked: string[] = [];
  page.on('request', request => /admin\/(routing\/feed|statistics|users|settings)/.test(request.url()) && asked.push(request.url()));
  await page.goto(`${server.url}/workspace/manager`);
  await expect(page.getByText('This is for managers')).toBeVisible();
  await page.goto(`${server.url}/workspace/settings/agents`);
  await expect(page.getByText('This is for managers and administrators')).toBeVisible();
  expect(asked).toEqual([]);
});

for (const [name, viewport] of [['desktop', { width: 1280, height: 800 }], ['phone', { width: 390, height: 844 }], ['narrow phone', { width: 360, height: 640 }]] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every screen of the manager is accessible: ${name}, ${colorScheme}`, async ({ brand, openWorkspace, axe }) => {
      await brand.set({ ttrNormalSeconds: 1, ttrPrioritizedSeconds: 1 });
      const sales = await brand.skill('Sales');
      const ada = await brand.agentSocket(await brand.agent('Ada', { maxSlots: 2 }));
      await ada.state('ONLINE');
      const ann = await consumer(brand, 'Ann', 'Hello?', sales);
      await ada.accept(ann.id);
      const marta = await openWorkspace(await manager(brand), { browser: { viewport, colorScheme } });
      const { page } = marta;
      await open(marta);
      await expect(page.getByRole('slider', { name: /^Arrivals/ })).toBeVisible();
      await expect(page.getByText('Nobody waits', { exact: true })).toBeVisible();
      await axe(page, 'nobody waits');
      await consumer(brand, 'Bob', 'The left shoe is a size smaller than the right one, and I would like to know how that can happen at all.', sales);
      await expect(page.getByText('Overdue').first()).toBeVisible();
      await page.getByRole('button', { name: 'Show the conversation of Ada' }).click();
      await axe(page, 'overview');
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector('.mgr-main')!.scrollWidth <= document.querySelector('.mgr-main')!.clientWidth), 'nothing sticks out').toBe(true);
      await page.getByRole('tab', { name: 'Figures' }).click();
      await expect(page.getByRole('region', { name: 'Figures by agent' })).toBeVisible();
      await axe(page, 'figures');
      await page.getByRole('tab', { name: 'Conversations' }).click();
      await row(page, 'Bob').waitFor();
      await axe(page, 'conversations');
      await row(page, 'Bob').click();
      await marta.messages.waitFor();
      await axe(page, 'a conversation beside');
      await page.getByRole('tab', { name: 'Why it is here' }).click();
      await expect(page.getByText('Who could have it, and why not')).toBeVisible();
      await axe(page, 'why it is here');
      await page.getByRole('button', { name: 'Reassign' }).click();
      await axe(page, 'reassign');
    });
  }
}
