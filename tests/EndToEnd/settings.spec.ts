import type { Page } from '@playwright/test';
import type { Brand } from './support/Brand.ts';
import { expect, test } from './support/test.ts';
import { Workspace } from './support/Workspace.ts';

const boss = (brand: Brand) => brand.agent('Marta', { role: 'admin' });
const settings = (brand: Brand) => brand.admin<Record<string, any>>('GET', 'settings');
const toasts = (page: Page) => page.locator('.ui-toasts');

async function open({ page }: Workspace, section: string): Promise<Page> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: section }).click();
  await expect(page.getByRole('heading', { name: section, level: 2 })).toBeVisible();
  return page;
}

test('an agent is added, gets a password that is told once, logs in with it and does his work', async ({ brand, browserOf, openWorkspace, server }) => {
  await brand.skill('Sales');
  const page = await open(await openWorkspace(await boss(brand)), 'Agents');
  await page.getByRole('button', { name: 'Add agent' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add agent' }).click();
  await expect(dialog.getByText('Login is missing.')).toBeVisible();
  await expect(dialog.getByLabel('Login', { exact: true })).toBeFocused();
  await page.keyboard.type('marta');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('marta');
  await dialog.getByLabel('Login', { exact: true }).fill('ada');
  await dialog.getByLabel('Nickname').fill('Ada Byron');
  await page.keyboard.press('Enter');
  const password = (await page.locator('[data-password]').innerText()).trim();
  expect(password.length).toBeGreaterThanOrEqual(8);
  await page.getByRole('button', { name: 'I have noted it' }).click();
  await expect(page.getByRole('heading', { name: 'Ada Byron', level: 2 })).toBeVisible();
  await expect(page.getByText(password)).toHaveCount(0);

  await page.getByRole('combobox', { name: 'Add a skill' }).selectOption({ label: 'Sales' });
  await page.getByRole('textbox', { name: 'Priority of Sales' }).fill('2');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Slots' }).fill('7');
  await page.keyboard.press('Enter');
  await expect(async () => {
    const { users } = await brand.admin<{ users: any[] }>('GET', 'users');
    expect(users.find(user => user.login === 'ada')).toMatchObject({ maxSlots: 7, skills: [{ name: 'Sales', priority: 2 }] });
  }).toPass();

  const ada = new Workspace(await (await browserOf()).newPage(), server.url);
  await ada.logIn({ account: brand.account, login: 'ada', password, id: '', pid: '', nickname: 'Ada Byron' });
  await ada.state('Online');
  const consumer = await brand.consumer();
  await consumer.converse('Hello?');
  await ada.takeRing();
  await expect(ada.message('Hello?')).toBeVisible();

  // Who may not log in any more is thrown out.
  await page.getByRole('switch', { name: 'May log in' }).click();
  await expect(ada.page.getByRole('button', { name: 'Log in' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Ada Byron/ })).toContainText('Disabled');
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('switch', { name: 'May log in' })).toHaveAttribute('aria-checked', 'true');
});

test('a new password is set for an agent', async ({ brand, browserOf, openWorkspace, server }) => {
  const who = await brand.agent('Ada');
  const page = await open(await openWorkspace(await boss(brand)), 'Agents');
  await page.getByRole('link', { name: /Ada/ }).click();
  await page.getByRole('button', { name: 'Set password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password').fill('short');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('at least 8 characters');
  await dialog.getByLabel('Password').fill('a-longer-password');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const ada = new Workspace(await (await browserOf()).newPage(), server.url);
  await ada.logIn({ ...who, password: 'a-longer-password' });
});

test('a skill and a canned answer are added and used', async ({ brand, openWorkspace }) => {
  const ada = await openWorkspace(await brand.agent('Ada'));
  await ada.state('Online');
  const workspace = await openWorkspace(await boss(brand));
  const page = await open(workspace, 'Skills');
  await page.getByRole('button', { name: 'Add skill' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Returns');
  await dialog.getByLabel('Id').fill('4711');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Returns', level: 2 })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'A ring waits' })).toHaveAttribute('placeholder', 'As the account: 1 min 12 s');
  await page.getByRole('textbox', { name: 'A ring waits' }).fill('2 min');
  await page.keyboard.press('Enter');
  await expect(async () => expect(await brand.admin('GET', 'skills/4711')).toMatchObject({ settings: { ringSeconds: 120 } })).toPass();
  await page.getByRole('button', { name: 'Reset: A ring waits' }).click();
  await expect(async () => expect(await brand.admin('GET', 'skills/4711')).toMatchObject({ settings: { ringSeconds: null } })).toPass();

  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Canned answers' }).click();
  await page.getByRole('button', { name: 'Add answer' }).first().click();
  await dialog.getByLabel('Title').fill('How to return');
  await dialog.getByLabel('Text').fill('Hello {firstName}, put it in a box.');
  await dialog.getByLabel('Shortcut').fill('return');
  await dialog.getByRole('button', { name: 'Add answer' }).click();
  await expect(page.getByRole('figure', { name: /How .* will read/ })).toContainText('Hello Ann, put it in a box.');
  await page.getByRole('textbox', { name: 'Text' }).fill('Hello {firstName}, put it into a box. {nobody}');
  await expect(page.getByText('{nobody} is not known here')).toBeVisible();
  await page.getByRole('textbox', { name: 'Text' }).fill('Hello {firstName}, put it into a box.');
  await page.getByRole('checkbox', { name: 'Returns' }).check();
  await expect(async () => expect((await brand.admin<{ answers: unknown[] }>('GET', 'canned-answers')).answers).toMatchObject([{ shortcut: 'return', text: 'Hello {firstName}, put it into a box.', skillIds: ['4711'] }])).toPass();

  const consumer = await brand.consumer();
  await consumer.profile({ firstName: 'Bob' });
  const id = await consumer.converse('How do I send it back?', { skillId: '4711' });
  await ada.takeRing();
  await expect(ada.page.getByText('Returns').first()).toBeVisible();
  await ada.composer.fill('/return');
  await ada.page.getByRole('option', { name: /How to return/ }).click();
  await ada.composer.press('Enter');
  await expect(async () => expect(await consumer.texts(id)).toContain('Hello Bob, put it into a box.')).toPass();

  // What is in use cannot be removed, and says why; what was removed comes back.
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Skills' }).click();
  await page.getByRole('link', { name: /Returns/ }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(toasts(page)).toContainText('cannot be removed');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Canned answers' }).click();
  await page.getByRole('link', { name: /How to return/ }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('No canned answer yet')).toBeVisible();
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: /How to return/ })).toBeVisible();
});

test('a setting is saved by itself, taken back, given its default back, and refused in plain words', async ({ brand, watch, openWorkspace }) => {
  watch.expectConsole(/ERR_FAILED|the server responded with a status of (400|409|429|503)/);
  await brand.admin('POST', 'canned-answers', { title: 'One', text: 'One', shortcut: 'one' });
  await brand.admin('POST', 'canned-answers', { title: 'Two', text: 'Two', shortcut: 'two' });
  const page = await open(await openWorkspace(await boss(brand)), 'Rings and presence');
  const ring = page.getByRole('textbox', { name: 'A ring waits' });
  await expect(ring).toHaveValue('1 min 12 s');
  await ring.fill('90');
  await page.keyboard.press('Tab');
  await expect(ring).toHaveValue('1 min 30 s');
  await expect(toasts(page)).toContainText('A ring waits: saved');
  expect(await settings(brand)).toMatchObject({ ringSeconds: 90 });
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(ring).toHaveValue('1 min 12 s');
  await expect(async () => expect(await settings(brand)).toMatchObject({ ringSeconds: 72 })).toPass();

  // Nonsense is said at the field and not sent; Escape takes it back.
  await ring.fill('soon');
  await page.keyboard.press('Enter');
  await expect(ring).toHaveAttribute('aria-invalid', 'true');
  await expect(ring).toHaveAccessibleDescription(/Write it like 90 s/);
  await page.keyboard.press('Escape');
  await expect(ring).toHaveValue('1 min 12 s');
  await expect(ring).not.toHaveAttribute('aria-invalid', 'true');

  const back = page.getByRole('switch', { name: /give their conversations back/ });
  await back.click();
  await expect(back).toHaveAttribute('aria-checked', 'true');
  await expect(async () => expect(await settings(brand)).toMatchObject({ returnWhenGone: true })).toPass();
  await page.getByRole('button', { name: /^Reset to off/ }).click();
  await expect(async () => expect(await settings(brand)).toMatchObject({ returnWhenGone: false })).toPass();

  // The network is gone, then the server is busy: what was typed stays, and nobody says that it was saved.
  await page.route('**/admin/settings', route => route.request().method() === 'PATCH' ? route.abort() : route.continue());
  await ring.fill('40 s');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('cannot be reached');
  await expect(ring).toHaveValue('40 s');
  await page.unroute('**/admin/settings');
  await page.route('**/admin/settings', route => route.request().method() === 'PATCH' ? route.fulfill({ status: 429, headers: { 'Retry-After': '2' }, json: { error: 'Too many requests of this login.' } }) : route.continue());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Try again in 2 s');
  await page.unroute('**/admin/settings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(async () => expect(await settings(brand)).toMatchObject({ ringSeconds: 40 })).toPass();

  // What the server refuses stands where it was typed.
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Canned answers' }).click();
  await page.getByRole('link', { name: /Two/ }).click();
  await page.getByRole('textbox', { name: 'Shortcut' }).fill('one');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Shortcut' })).toHaveAccessibleDescription(/One has the shortcut one already/);
});

test('leaving saves what was typed, and asks about what cannot be saved', async ({ brand, openWorkspace }) => {
  const page = await open(await openWorkspace(await boss(brand)), 'Response promises');
  const nav = page.getByRole('navigation', { name: 'Settings' });
  await page.getByRole('textbox', { name: 'All others' }).fill('2 h');
  await nav.getByRole('link', { name: 'Files' }).click();
  await expect(page.getByRole('heading', { name: 'Files', level: 2 })).toBeVisible();
  await expect(async () => expect(await settings(brand)).toMatchObject({ ttrNormalSeconds: 7200 })).toPass();

  await page.getByRole('textbox', { name: 'Largest file' }).fill('a lot');
  await nav.getByRole('link', { name: 'Brand' }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await expect(dialog).toContainText('Largest file');
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(page.getByRole('textbox', { name: 'Largest file' })).toHaveValue('a lot');
  await nav.getByRole('link', { name: 'Brand' }).click();
  await dialog.getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page.getByRole('heading', { name: 'Brand', level: 2 })).toBeVisible();
  await nav.getByRole('link', { name: 'Files' }).click();
  await expect(page.getByRole('textbox', { name: 'Largest file' })).toHaveValue('3');
});

test('working hours and the message outside them are set, and a consumer reads it', async ({ brand, openWorkspace }) => {
  const page = await open(await openWorkspace(await boss(brand)), 'Working hours');
  await page.getByRole('switch', { name: 'Open at certain hours only' }).click();
  await page.getByRole('combobox', { name: 'Time zone' }).selectOption('UTC');
  const today = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format();
  const day = page.getByRole('group', { name: today });
  // Closed the whole day today, and open tomorrow.
  for (const remove of await day.getByRole('button', { name: /^Remove/ }).all()) await remove.click();
  await expect(day).toContainText('Closed');
  const sunday = page.getByRole('group', { name: today === 'Sunday' ? 'Saturday' : 'Sunday' });
  await sunday.getByRole('button', { name: /^Add hours/ }).click();
  await sunday.getByRole('textbox', { name: /from/ }).fill('10');
  await sunday.getByRole('textbox', { name: /until/ }).fill('24');
  await page.getByRole('button', { name: 'Add a holiday' }).click();
  await page.getByRole('group', { name: 'New holiday' }).getByLabel(/^Date/).fill('2031-12-25');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('group', { name: /25 December 2031/ })).toContainText('Closed the whole day');
  await expect(async () => {
    const { workingHours } = await settings(brand);
    expect(workingHours.timeZone).toBe('UTC');
    expect(workingHours.days[today.toLowerCase()]).toBeUndefined();
    expect(workingHours.days[today === 'Sunday' ? 'saturday' : 'sunday']).toEqual(['10:00-24:00']);
    expect(workingHours.holidays).toEqual({ '2031-12-25': [] });
  }).toPass();
  // An end like the beginning is not sent.
  await sunday.getByRole('textbox', { name: /until/ }).fill('10:00');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The end must differ from the beginning.')).toBeVisible();
  expect((await settings(brand)).workingHours.days[today === 'Sunday' ? 'saturday' : 'sunday']).toEqual(['10:00-24:00']);
  await sunday.getByRole('textbox', { name: /until/ }).fill('18');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The end must differ from the beginning.')).toHaveCount(0);

  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Automatic messages' }).click();
  const off = page.getByRole('textbox', { name: 'Outside working hours' });
  await off.fill('We are back at ');
  await page.getByRole('button', { name: /\{opensAt\}/ }).click();
  await expect(off).toHaveValue('We are back at {opensAt}');
  await expect(off).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(async () => expect((await settings(brand)).offHoursMessage).toBe('We are back at {opensAt}')).toPass();
  const consumer = await brand.consumer();
  const id = await consumer.converse('Hello?');
  await expect(async () => expect((await consumer.texts(id)).at(-1)).toMatch(/^We are back at \d{4}-\d\d-\d\d \d\d:00$/)).toPass();
});

test('a manager looks at everything and changes canned answers alone', async ({ brand, openWorkspace }) => {
  await brand.skill('Sales');
  await brand.admin('POST', 'canned-answers', { title: 'Hours', text: 'From 9 to 5.' });
  const page = await open(await openWorkspace(await brand.agent('Grace', { role: 'manager' })), 'Rings and presence');
  await expect(page.getByText('Administrators change it.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'A ring waits' })).toBeDisabled();
  await expect(page.getByRole('button', { name: /^Reset/ })).toHaveCount(0);
  const nav = page.getByRole('navigation', { name: 'Settings' });
  await nav.getByRole('link', { name: 'Agents' }).click();
  await page.getByRole('link', { name: /Grace/ }).click();
  await expect(page.getByRole('textbox', { name: 'Nickname' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Add agent' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Set password' })).toHaveCount(0);
  await nav.getByRole('link', { name: 'Canned answers' }).click();
  await page.getByRole('link', { name: /Hours/ }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Opening hours');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: /Opening hours/ })).toBeVisible();
});

test('what another administrator removed meanwhile is told, not saved', async ({ brand, watch, openWorkspace }) => {
  watch.expectConsole(/the server responded with a status of 404/);
  const id = await brand.skill('Sales');
  const page = await open(await openWorkspace(await boss(brand)), 'Skills');
  await page.getByRole('link', { name: /Sales/ }).click();
  await brand.admin('DELETE', `skills/${id}`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Sales and more');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Somebody removed it meanwhile');
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Sales and more');
});

for (const [name, viewport] of [['desktop', { width: 1280, height: 800 }], ['narrow phone', { width: 360, height: 740 }]] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every page of the settings is accessible: ${name}, ${colorScheme}`, async ({ brand, openWorkspace, axe, server }) => {
      const sales = await brand.skill('Sales', { ringAgents: 3 });
      await brand.agent('Ada', { skills: [{ id: sales }] });
      await brand.agent('Bot', { userType: 'bot' });
      await brand.admin('POST', 'canned-answers', { title: 'Hours', text: 'Hello {firstName}, from 9 to {five}.', shortcut: 'hours' });
      await brand.set({ offHoursMessage: 'Back at {opensAt}', surveys: { '*': { agent: 'bot' } }, workingHours: { timeZone: 'Europe/Berlin', days: { monday: ['09:00-12:00', '13:00-18:00'] }, holidays: { '2030-12-25': [] } } });
      const { page } = await openWorkspace(await boss(brand), { browser: { viewport, colorScheme } });
      const look = async (what: string) => {
        await axe(page, what);
        expect(await page.evaluate(() => [...document.querySelectorAll('.set-content, .set-detail, .set-nav')].every(one => one.scrollWidth <= one.clientWidth)), `${what}: nothing sticks out`).toBe(true);
      };
      await page.getByRole('link', { name: 'Settings', exact: true }).click();
      await page.getByRole('navigation', { name: 'Settings' }).or(page.getByRole('link', { name: /Ada/ })).first().waitFor();
      await look('settings');
      for (const [section, item] of [['agents', /Ada/], ['skills', /Sales/], ['answers', /Hours/]] as const) {
        await page.goto(`${server.url}/workspace/settings/${section}`);
        await page.getByRole('link', { name: item }).waitFor();
        await look(section);
        await page.getByRole('link', { name: item }).click();
        await page.locator('.set-detail .set-row').first().waitFor();
        await look(`${section}, one of them`);
      }
      for (const section of ['brand', 'promises', 'routing', 'hours', 'messages', 'closing', 'reasons', 'files', 'access']) {
        await page.goto(`${server.url}/workspace/settings/${section}`);
        await page.locator('.set-row, .set-line').first().waitFor();
        await look(section);
      }
      await page.goto(`${server.url}/workspace/settings/routing`);
      await page.getByRole('textbox', { name: 'A ring waits' }).fill('soon');
      await page.keyboard.press('Enter');
      await look('an error at a field');
      await page.goto(`${server.url}/workspace/settings/agents`);
      page.on('dialog', asked => void asked.accept());
      await page.getByRole('button', { name: 'Add agent' }).click();
      await look('adding an agent');
    });
  }
}
