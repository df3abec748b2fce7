import { expect, hasDemo, test } from './support/test.ts';

const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

test('a wrong password is told, a right one leads in, a reload stays, logging out leaves', async ({ brand, browserOf, server, watch }) => {
  watch.expectConsole(/401/);
  const { account, login, password } = await brand.agent('Ada');
  const page = await (await browserOf()).newPage();
  await page.goto(`${server.url}/workspace?account=${account}`);
  await expect(page.getByLabel('Account')).toHaveValue(account);
  await page.getByLabel('Login name').fill(login);
  await page.getByLabel('Password').fill('wrong');
  await page.getByLabel('Password').press('Enter');
  await expect(page.getByRole('alert')).toContainText('Account, login or password is not right');
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Password').press('Enter');
  await expect(page.getByRole('heading', { name: 'Conversations' })).toBeVisible();
  await page.reload();
  await expect(page.getByText('No open conversations')).toBeVisible();
  await page.getByRole('button', { name: /^Ada: preferences/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page.getByRole('heading', { name: 'Log in to Parley' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Log in to Parley' })).toBeVisible();
});

test('a demo server lets one in with one click', async ({ browserOf, server }) => {
  test.skip(!hasDemo);
  const page = await (await browserOf()).newPage();
  await page.goto(`${server.url}/workspace`);
  await page.getByRole('button', { name: /^agent1/ }).click();
  await expect(page.getByRole('heading', { name: 'Conversations' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Your state: Online' })).toBeVisible();
});

test('who is offline is told that nothing rings, and is online with one press', async ({ brand, openWorkspace }) => {
  const { page } = await openWorkspace(await brand.agent('Ada'));
  await page.getByRole('button', { name: 'Go online' }).click();
  await expect(page.getByRole('button', { name: 'Your state: Online' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go online' })).toHaveCount(0);
});

// The padding of the list was not counted, so the newest message was cut off; and a window that became lower lost the end.
test('the newest message is wholly seen, also after the window became lower', async ({ brand, openWorkspace }) => {
  const workspace = await openWorkspace(await brand.agent('Ada'));
  await workspace.state('Online');
  const consumer = await brand.consumer();
  const id = await consumer.converse('First');
  await workspace.takeRing();
  for (let i = 0; i < 20; i++) await consumer.say(id, `Message ${i}`);
  await consumer.say(id, 'Last');
  const list = workspace.page.locator('.messages-list');
  const left = () => list.evaluate(element => Math.abs(element.scrollHeight - element.clientHeight - element.scrollTop));
  await expect(workspace.message('Last')).toBeInViewport();
  await expect.poll(left).toBeLessThan(1.5);
  await workspace.page.setViewportSize({ width: 1280, height: 560 });
  await expect(workspace.message('Last')).toBeInViewport();
  await expect.poll(left).toBeLessThan(1.5);
  await expect(workspace.page.getByRole('button', { name: 'Newest' })).toHaveCount(0);
});

test('a ring says who and about what; accepted it opens, and the answer reaches the consumer', async ({ brand, openWorkspace }) => {
  const sales = await brand.skill('Sales');
  const workspace = await openWorkspace(await brand.agent('Ada'));
  await workspace.state('Online');
  const ann = await brand.consumer();
  await ann.profile({ firstName: 'Ann', lastName: 'Smith' });
  const id = await ann.converse('Where is my parcel?', { skillId: sales });
  await ann.follow(id);
  const ring = workspace.page.getByRole('article', { name: 'Ann Smith is waiting' });
  await expect(ring).toContainText('Sales');
  await expect(workspace.page).toHaveTitle(/Accept: Ann Smith/);
  await ring.getByRole('button', { name: 'Accept' }).click();
  await expect(workspace.message('Where is my parcel?')).toBeVisible();
  await expect(ring).toHaveCount(0);
  await workspace.say('On its way.');
  await expect(workspace.message('On its way.')).toBeVisible();
  await expect(workspace.messages.getByText('Sent', { exact: true })).toBeVisible();
  const { sequence } = await ann.event('the answer', ({ event }) => event.message === 'On its way.');
  await ann.publish(id, { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [sequence] });
  await expect(workspace.messages.getByText('Read', { exact: true })).toBeVisible();
  await ann.publish(id, { type: 'ChatStateEvent', chatState: 'COMPOSING' });
  await expect(workspace.page.getByText('Ann Smith is typing')).toBeVisible();
});

test('a private note reaches colleagues alone, and looks like one', async ({ brand, openWorkspace }) => {
  const workspace = await openWorkspace(await brand.agent('Ada'));
  await workspace.state('Online');
  const ann = await brand.consumer();
  const id = await ann.converse('Hello');
  await workspace.takeRing();
  await workspace.composer.fill('@');
  const note = workspace.page.getByRole('textbox', { name: 'Private note' });
  await note.fill('She is a journalist.');
  await expect(workspace.page.getByText('Only colleagues read it.')).toBeVisible();
  await note.press('Enter');
  await expect(workspace.messages.getByText('Private note', { exact: true })).toBeVisible();
  await expect(workspace.message('She is a journalist.')).toBeVisible();
  await workspace.say('Good morning');
  await expect(workspace.message('Good morning')).toBeVisible();
  expect((await ann.journal(id)).map(({ event }) => event.message).filter(Boolean)).toEqual(['Hello', 'Good morning']);
});

test('a canned answer is found by its shortcut and comes with its placeholders filled in', async ({ brand, openWorkspace }) => {
  await brand.admin('POST', 'canned-answers', { title: 'Opening hours', text: 'Hello {firstName}, I am {agent}. We open at 9.', shortcut: 'hours' });
  await brand.admin('POST', 'canned-answers', { title: 'Goodbye', text: 'Bye!', shortcut: 'bye' });
  const workspace = await openWorkspace(await brand.agent('Ada'));
  await workspace.state('Online');
  const ann = await brand.consumer();
  await ann.profile({ firstName: 'Ann' });
  await ann.converse('When do you open?');
  await workspace.takeRing();
  await workspace.composer.pressSequentially('/hou');
  await expect(workspace.page.getByRole('option', { name: /Opening hours/ })).toHaveAttribute('aria-selected', 'true');
  await expect(workspace.page.getByText('Hello Ann, I am Ada. We open at 9.')).toBeVisible();
  await workspace.composer.press('Enter');
  await expect(workspace.composer).toHaveValue('Hello Ann, I am Ada. We open at 9.');
  await workspace.composer.fill('');
  await workspace.composer.pressSequentially('Well. /bye ');
  await expect(workspace.composer).toHaveValue('Well. Bye!');
});

test('files are attached, shown before they leave and after', async ({ brand, openWorkspace }) => {
  const workspace = await openWorkspace(await brand.agent('Ada'));
  const { page } = workspace;
  await workspace.state('Online');
  const ann = await brand.consumer();
  const id = await ann.converse('Which one is it?');
  await ann.follow(id);
  await workspace.takeRing();
  await page.locator('input[type=file]').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: dot });
  await expect(page.getByRole('list', { name: 'Attached files' })).toContainText('dot.png');
  await workspace.composer.fill('This one');
  await workspace.composer.press('Enter');
  await ann.event('the file', ({ event }) => event.message?.caption === 'This one');
  await expect(workspace.messages.getByRole('img', { name: 'This one' })).toBeVisible();

  // Pasted, as a screenshot is.
  await workspace.composer.evaluate((field, bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], 'pasted.png', { type: 'image/png' }));
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, [...dot]);
  await expect(page.getByRole('list', { name: 'Attached files' })).toContainText('pasted.png');
  await page.getByRole('button', { name: 'Remove pasted.png' }).click();
  await expect(page.getByRole('list', { name: 'Attached files' })).toHaveCount(0);
});

test('a draft survives a reload, and its row says that there is one', async ({ brand, openWorkspace }) => {
  const workspace = await openWorkspace(await brand.agent('Ada'));
  const { page } = workspace;
  await workspace.state('Online');
  for (const text of ['First', 'Second']) {
    await (await brand.consumer()).converse(text);
    await workspace.takeRing();
    await expect(workspace.message(text)).toBeVisible();
  }
  await workspace.composer.fill('Half an answ');
  await page.reload();
  await expect(workspace.composer).toHaveValue('Half an answ');
  await page.getByRole('link', { name: /First/ }).click();
  await expect(workspace.message('First')).toBeVisible();
  await expect(workspace.composer).toHaveValue('');
  await expect(page.getByRole('link', { name: /Draft: Half an answ/ })).toBeVisible();
});

test('what came while the agent was elsewhere stands below a line', async ({ brand, openWorkspace }) => {
  const workspace = await openWorkspace(await brand.agent('Ada'));
  const { page } = workspace;
  await workspace.state('Online');
  const ann = await brand.consumer();
  const first = await ann.converse('First question');
  await workspace.takeRing();
  await expect(workspace.message('First question')).toBeVisible();
  await (await brand.consumer()).converse('Another one');
  await workspace.takeRing();
  await expect(workspace.message('Another one')).toBeVisible();
  await ann.say(first, 'Are you there?');
  const row = page.getByRole('link', { name: /Are you there\?/ });
  await expect(row).toContainText('1 unread');
  await row.click();
  await expect(workspace.messages.getByText('New since you were away')).toBeVisible();
  await expect(workspace.message('Are you there?')).toBeVisible();
  await expect(row).not.toContainText('unread');
});

test('details show who the consumer is, what he wrote before, and why he came here', async ({ brand, openWorkspace }) => {
  const workspace = await openWorkspace(await brand.agent('Ada'));
  const { page } = workspace;
  await workspace.state('Online');
  const ann = await brand.consumer();
  await ann.profile({ firstName: 'Ann', lastName: 'Smith', privateData: { mail: 'ann@example.com' } });
  await ann.converse('My first question');
  await workspace.takeRing();
  await workspace.close.click();
  await expect(page.getByText('This conversation is closed')).toBeVisible();
  await ann.converse('My second question');
  await workspace.takeRing();
  const details = page.getByRole('complementary', { name: 'About the consumer' });
  await expect(details.getByRole('link', { name: 'ann@example.com' })).toBeVisible();
  await details.getByRole('button', { name: /My first question/ }).click();
  await expect(page.getByRole('dialog').getByText('My first question')).toBeVisible();
  await page.keyboard.press('Escape');
  await details.getByRole('textbox', { name: 'Note for colleagues' }).fill('Prefers mail');
  await details.getByRole('textbox', { name: 'Note for colleagues' }).press('Control+Enter');
  await expect(page.getByRole('status').getByText('Note kept')).toBeVisible();
  await page.reload();
  await expect(details.getByRole('textbox', { name: 'Note for colleagues' })).toHaveValue('Prefers mail');
  await details.getByRole('button', { name: 'Why me?' }).click();
  await expect(details.getByText(/Ada has it/)).toBeVisible();
});

test('search and filters find the one conversation', async ({ brand, openWorkspace }) => {
  const workspace = await openWorkspace(await brand.agent('Ada'));
  const { page } = workspace;
  await workspace.state('Online');
  for (const [firstName, text] of [['Ann', 'About shoes'], ['Bob', 'About boots']] as const) {
    const consumer = await brand.consumer();
    await consumer.profile({ firstName });
    await consumer.converse(text);
    await workspace.takeRing();
    await expect(workspace.message(text)).toBeVisible();
  }
  const list = page.getByRole('list', { name: 'Open conversations' });
  await expect(list.getByRole('link')).toHaveCount(2);
  const search = page.getByRole('searchbox', { name: 'Search conversations' });
  await search.fill('bob boots');
  await expect(list.getByRole('link')).toHaveCount(1);
  await search.fill('nobody');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await search.fill('');
  await workspace.say('Done');
  await page.getByRole('tab', { name: /^Waiting/ }).click();
  await expect(page.getByRole('list', { name: 'Waiting conversations' }).getByRole('link')).toHaveText([/Ann/]);
  await page.getByRole('tab', { name: /^Closed/ }).click();
  await expect(page.getByText('Nothing closed yet')).toBeVisible();
  await workspace.close.click();
  await expect(page.getByRole('list', { name: 'Closed conversations' }).getByRole('link')).toHaveText([/Bob/]);
});

test('cards and quick replies of the brand are shown as the consumer sees them', async ({ brand, openWorkspace }) => {
  const who = await brand.agent('Ada');
  const workspace = await openWorkspace(who);
  await workspace.state('Online');
  const id = await (await brand.consumer()).converse('Show me');
  await workspace.takeRing();
  const socket = await brand.agentSocket(who);
  await socket.publish(id, {
    type: 'RichContentEvent',
    content: {
      type: 'vertical',
      elements: [
        { type: 'text', text: 'Red shoes', style: { bold: true } },
        { type: 'button', title: 'See them', click: { actions: [{ type: 'link', uri: 'https://example.com/red' }] } },
      ],
    },
  });
  await expect(workspace.messages.getByText('Red shoes')).toBeVisible();
  await expect(workspace.messages.getByRole('link', { name: 'See them' })).toHaveAttribute('rel', 'noopener noreferrer');
  await socket.publish(id, {
    type: 'ContentEvent', contentType: 'text/plain', message: 'Which size?',
    quickReplies: { type: 'quickReplies', itemsPerRow: 2, replies: [{ type: 'button', title: '42', click: { actions: [{ type: 'publishText', text: '42' }] } }] },
  });
  await expect(workspace.messages.getByRole('list', { name: 'Quick replies offered' })).toHaveText('42');
});
