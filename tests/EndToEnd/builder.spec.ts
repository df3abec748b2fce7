import type { Locator } from '@playwright/test';
import { Builder } from './support/Builder.ts';
import { expect, test } from './support/test.ts';

const permissions = ['clipboard-read', 'clipboard-write'];
const tutorialLine = '{"kind":"req","id":"22","body":{"fromSeq":0,"dialogId":"__YOUR_CONVERSATION_ID__"},"type":"ms.SubscribeMessagingEvents"}';

test('"you can use the message builder to build the above message"', async ({ server, browserOf }) => {
  const builder = await new Builder(await (await browserOf({ permissions })).newPage()).open(server.url);
  await builder.page.getByRole('button', { name: /^Follow a dialog/ }).click();
  expect(await builder.copy('wscat line')).toBe(tutorialLine);
  // The same from nothing, through the form.
  await builder.choose('ms.QueryMessages');
  await builder.choose('ms.SubscribeMessagingEvents');
  await builder.form.getByLabel('fromSeq', { exact: true }).fill('4');
  await builder.form.getByLabel('dialogId').fill('my-conversation');
  expect(await builder.copy('wscat line')).toBe(tutorialLine.replace('0', '4').replace('__YOUR_CONVERSATION_ID__', 'my-conversation'));
  expect(await builder.copy('wscat command')).toContain('wscat -k 60 -H "Authorization:jwt $LP_JWT" -c "wss://$LP_ASYNCMESSAGINGENT/');
  expect(await builder.copy('C# SDK call')).toContain('client.SubscribeMessagesAsync("my-conversation", fromSequence: 4)');
  expect(await builder.copy('JavaScript SDK call')).toContain("client.dialog('my-conversation')");
});

test('form and JSON change each other, and what is wrong is said at its place', async ({ server, browserOf }) => {
  const builder = await new Builder(await (await browserOf()).newPage()).open(server.url, '#ms.PublishEvent');
  const { form, json, page } = builder;
  await form.getByLabel('message', { exact: true }).fill('Is it "in stock"?');
  expect(JSON.parse(await json.inputValue()).body.event.message).toBe('Is it "in stock"?');

  await json.fill((await json.inputValue()).replace('Is it', 'Is the red one'));
  await expect(form.getByLabel('message', { exact: true })).toHaveValue('Is the red one "in stock"?');

  // A member that is missing.
  await json.fill('{"kind":"req","id":"1","type":"ms.PublishEvent","body":{"event":{"type":"ContentEvent","message":7}}}');
  await expect(form.getByText('dialogId is missing.')).toBeVisible();
  await expect(form.getByText('Must be a text or an object, not a whole number.')).toBeVisible();
  await form.getByRole('button', { name: 'Add dialogId' }).click();
  await expect(form.getByLabel('dialogId')).toHaveAccessibleDescription(/Must not be empty/);

  // Another kind of event.
  await form.getByRole('combobox', { name: 'Form of event' }).selectOption('Receipt');
  expect(JSON.parse(await json.inputValue()).body.event).toMatchObject({ type: 'AcceptStatusEvent', status: 'ACCEPT' });

  // Optional members come and go.
  await form.getByRole('button', { name: 'Add member' }).last().click();
  await page.getByRole('menuitem', { name: /encodedMetadata/ }).click();
  expect(JSON.parse(await json.inputValue())).toHaveProperty('encodedMetadata');
  await form.getByRole('button', { name: 'Take out encodedMetadata' }).click();
  expect(JSON.parse(await json.inputValue())).not.toHaveProperty('encodedMetadata');

  // Text that is not JSON is kept, its fault is shown, and the form waits.
  await json.fill('{\n  "kind": "req",\n  "id" "1"\n}');
  await expect(page.getByText('Line 3, column 8: Behind the name "id" a colon is expected, not "\\"".')).toBeVisible();
  await expect(form.getByText('The form goes on when it is.')).toBeVisible();
  await expect(form.getByLabel('dialogId')).toBeDisabled();
});

test('the whole tutorial is played on one page, recorded and saved', async ({ server, brand, browserOf }) => {
  const ada = await brand.agent('Ada');
  const builder = await new Builder(await (await browserOf({ permissions })).newPage()).open(server.url);
  const { page, log } = builder;
  const tokens: string[] = [];
  page.on('websocket', socket => {
    tokens.push(...socket.url().match(/(?<=\/brand\/)[^?]+/g) ?? []);
    socket.on('framesent', ({ payload }) => tokens.push(...String(payload).match(/(?<="jwt":")[^"]+/g) ?? []));
  });

  await builder.connectConsumer(brand.account);
  await expect(builder.frames('Consumer 1', /^answer/)).toContainText(['OK Connection initialized']);
  await builder.connectAgent(ada);
  await log.getByRole('button', { name: 'Record' }).click();

  await builder.ask('.ams.routing.SubscribeRoutingTasks', 'Agent 1');
  await builder.ask('.ams.routing.SetAgentState', 'Agent 1');
  await builder.ask('cm.ConsumerRequestConversation', 'Consumer 1');
  await expect(builder.frames('Agent 1', /^notification/).filter({ hasText: 'RoutingTaskNotification' }).last()).toContainText('ring WAITING');

  // The ring's id is in the form already.
  const accepted = await builder.ask('.ams.routing.UpdateRingState', 'Agent 1');
  await expect(accepted).toContainText('202');
  await builder.ask('.ams.ms.PublishEvent', 'Agent 1', frame => ({ ...frame, body: { ...frame.body, event: { ...frame.body.event, message: 'message from the agent' } } }));
  await builder.ask('ms.SubscribeMessagingEvents', 'Consumer 1');
  const arrived = builder.frames('Consumer 1', /^notification/).last();
  await expect(arrived).toContainText('#0 “message from the agent”');

  // The consumer goes; what is written meanwhile is there when he is back.
  await page.getByRole('button', { name: 'Close Consumer 1' }).click();
  await expect(page.getByRole('region', { name: 'Connections' })).toContainText('Code 1000');
  await builder.ask('.ams.ms.PublishEvent', 'Agent 1', frame => ({ ...frame, body: { ...frame.body, event: { ...frame.body.event, message: 'while you were away' } } }));
  await page.getByRole('button', { name: 'Connect Consumer 1 again' }).click();
  await expect(builder.frames('Consumer 1', /^answer/).last()).toContainText('OK Connection initialized');
  await builder.ask('ms.SubscribeMessagingEvents', 'Consumer 1', frame => ({ ...frame, body: { ...frame.body, fromSeq: 1 } }));
  await expect(builder.frames('Consumer 1', /^notification/).last()).toContainText('#1 “while you were away”');
  await builder.ask('.ams.cm.UpdateConversationField', 'Agent 1');
  await log.getByRole('button', { name: /^Stop recording/ }).click();

  // Every frame is as its schema has it, and says what it means, member by member.
  await expect(log.locator('.b-frame-deviates')).toHaveCount(0);
  const opened = await builder.look(builder.frames('Consumer 1', /^notification/).last());
  await expect(opened).toContainText('An event of a dialog.');
  await opened.getByRole('button', { name: '"fromSeq"' }).or(opened.getByRole('button', { name: '"sequence"' })).first().hover();
  await expect(opened).toContainText('The number of an event in its dialog');

  const saved = [await builder.save('wscat script'), await builder.save('Lines to paste'), await builder.save('JSON')];
  expect(tokens.length).toBeGreaterThan(2);
  const kept = await page.evaluate(() => [location.href, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.documentElement.outerHTML].join('\n'));
  for (const token of [...tokens, ada.password]) for (const text of [...saved, kept]) expect(text.includes(token), 'a secret was kept').toBe(false);
  expect(saved[0]).toContain('CONVERSATION_1=$(');
});

test('a malformed request gets its 400, with the reason and what to do', async ({ server, brand, browserOf }) => {
  const builder = await new Builder(await (await browserOf()).newPage()).open(server.url);
  await builder.connectConsumer(brand.account);
  await builder.choose('ms.PublishEvent');
  await builder.json.fill('{"kind":"req","id":"7","type":"ms.PublishEvent","body":{}}');
  await builder.send();
  const refused: Locator = builder.frames('Consumer 1', /^error/).last();
  await expect(refused).toContainText('400');
  await builder.look(refused);
  await expect(refused).toContainText('missing member');
  await expect(refused).toContainText('Correct the request; do not repeat it as it is.');
  await expect(refused).toContainText(/Answers frame \d+/);

  // Not even JSON: it goes out as it is written.
  await builder.json.fill('{"kind":"req","id":');
  await builder.send();
  await expect(builder.frames('Consumer 1', /^malformed/).last()).toContainText('{"kind":"req","id":');
  await expect(builder.frames('Consumer 1', /^error/).last()).not.toContainText('missing');
});

test('refused logins and lost connections say what to do', async ({ server, brand, browserOf, watch }) => {
  watch.expectConsole(/401|WebSocket connection/);
  const ada = await brand.agent('Ada');
  const builder = await new Builder(await (await browserOf()).newPage()).open(server.url);
  const { page } = builder;
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('textbox', { name: 'Account' }).fill(brand.account);
  await page.getByRole('tab', { name: 'As an agent or bot' }).click();
  await page.getByRole('textbox', { name: 'Login name' }).fill(ada.login);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('The login was refused.');
  await page.getByRole('textbox', { name: 'Or a bearer' }).fill('no-such-bearer');
  await page.getByRole('button', { name: 'Connect with it' }).click();
  await expect(page.getByRole('region', { name: 'Connections' })).toContainText('the token is wrong or has expired');
});

test('the log is filtered, searched, held still and emptied', async ({ server, brand, browserOf }) => {
  const builder = await new Builder(await (await browserOf()).newPage()).open(server.url);
  const { log, page } = builder;
  const rows = log.getByRole('listitem');
  await builder.connectConsumer(brand.account);
  await builder.ask('GetClock', 'Consumer 1');
  await expect(rows).toHaveCount(5);
  await log.getByRole('button', { name: 'Requests' }).click();
  await log.getByRole('button', { name: 'Connection', exact: true }).click();
  await expect(rows).toHaveCount(2);
  await log.getByRole('searchbox').fill('currenttime');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText(/GetClockResponse.*ms/s);
  await log.getByRole('searchbox').fill('no such words');
  await expect(log.getByText('No frame is like that')).toBeVisible();
  await log.getByRole('searchbox').fill('');
  await log.getByRole('button', { name: 'Requests' }).click();

  await log.getByRole('button', { name: 'Hold the log still' }).click();
  await builder.send();
  await expect(log.getByRole('status').filter({ hasText: 'Held still. 2 frames have come since.' })).toBeVisible();
  await expect(rows).toHaveCount(4);
  await log.getByRole('button', { name: 'Go on showing new frames' }).click();
  await expect(rows).toHaveCount(6);

  await log.getByRole('button', { name: 'Clear the log' }).click();
  await expect(log.getByText('Nothing has been sent yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
});

test('everything is done by keyboard alone', async ({ server, brand, browserOf }) => {
  const page = await (await browserOf()).newPage();
  const builder = await new Builder(page).open(server.url, `#GetClock`);
  const keyboard = page.keyboard;
  await keyboard.press('Alt+n');
  await page.getByRole('textbox', { name: 'Account' }).focus();
  await keyboard.press('Control+A');
  await keyboard.type(brand.account);
  await page.getByRole('button', { name: 'New anonymous consumer' }).press('Enter');
  await expect(builder.frames('Consumer 1', /^answer/).last()).toContainText('OK Connection initialized');

  await keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search messages' })).toBeFocused();
  await keyboard.type('open a conversation');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  await expect(page.locator('#message-title')).toHaveText('Open a conversation');
  await keyboard.press('Control+Enter');
  const answer = builder.frames('Consumer 1', /^answer/).last();
  await expect(answer).toContainText('cm.RequestConversationResponse');

  // From frame to frame, and from member to member of one.
  await answer.getByRole('button').first().focus();
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(answer.getByRole('button').first()).toHaveAttribute('aria-expanded', 'true');
  await keyboard.press('Tab');
  await keyboard.press('ArrowDown');
  await expect(answer.getByRole('button', { name: '"reqId"' })).toBeFocused();
  await expect(answer).toContainText('The exact text of the request’s id'.replace('’', "'"));

  // The borders between the panes.
  const border = page.getByRole('separator', { name: 'Width of the messages' });
  const before = Number(await border.getAttribute('aria-valuenow'));
  await border.focus();
  await keyboard.press('ArrowRight');
  await expect(border).toHaveAttribute('aria-valuenow', String(before + 16));
});

test('ten thousand frames stay fast', async ({ server, browserOf, brand }) => {
  const page = await (await browserOf()).newPage();
  // A socket within the page: each frame is a task of its own, as with a real one, and nothing but the page takes time.
  await page.addInitScript(() => {
    class FloodingSocket {
      static readonly OPEN = 1;
      readyState = 1;
      onopen = () => {};
      onmessage = (_: { data: string }) => {};
      onclose = () => {};
      readonly #arrivals = new MessageChannel();

      constructor() {
        this.#arrivals.port1.onmessage = ({ data }) => this.onmessage({ data: data as string });
        setTimeout(() => this.onopen());
      }

      send(text: string): void {
        const { id, type } = JSON.parse(text) as { id: unknown; type: string };
        if (type === 'InitConnection') this.#arrive({ kind: 'resp', reqId: String(id), code: 200, type: '.ReqBody$StringResp', body: 'OK Connection initialized' });
        if (type !== 'ms.SubscribeMessagingEvents') return;
        for (let sequence = 0; sequence < 10_000; sequence++) {
          const event = { type: 'ContentEvent', contentType: 'text/plain', message: `number ${sequence}` };
          const change = { sequence, serverTimestamp: 1, originatorId: 'a', originatorPId: 'a', originatorMetadata: { id: 'a', role: 'ASSIGNED_AGENT' }, event, dialogId: 'd', conversationId: 'd', messageAudience: 'ALL' };
          this.#arrive({ kind: 'notification', type: 'ms.MessagingEventNotification', body: { dialogId: 'd', conversationId: 'd', changes: [change] } });
        }
        this.#arrive({ kind: 'resp', reqId: String(id), code: 200, type: '.ams.GenericSubscribeResponse', body: {} });
      }

      close(): void {}

      #arrive(frame: unknown): void {
        this.#arrivals.port2.postMessage(JSON.stringify(frame));
      }
    }
    Object.assign(globalThis, { WebSocket: FloodingSocket });
  });
  const builder = await new Builder(page).open(server.url, '#ms.SubscribeMessagingEvents');
  await builder.connectConsumer(brand.account);
  await expect(builder.frames('Consumer 1', /^answer/).last()).toContainText('initialized');
  const began = Date.now();
  await builder.send();
  await expect(builder.frames('Consumer 1', /^answer/).last()).toContainText('GenericSubscribeResponse', { timeout: 30_000 });
  const arrived = Date.now() - began;
  expect(await builder.log.getByRole('listitem').count()).toBeLessThan(60);

  // How long the page needs, from an act until what comes of it is drawn.
  const top = await page.evaluate(async () => {
    const list = document.querySelector<HTMLElement>('.b-frames')!;
    const start = performance.now();
    list.scrollTop = 0;
    while (!list.innerText.includes('number 0”')) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  });
  const found = await page.evaluate(async () => {
    const list = document.querySelector<HTMLElement>('.b-frames')!;
    const box = document.querySelector<HTMLInputElement>('.b-log-filters input')!;
    const start = performance.now();
    box.value = 'number 7777';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    while (!list.innerText.includes('number 7777”') || list.innerText.includes('number 0”')) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  });
  test.info().annotations.push({ type: 'measured', description: `10,000 frames: to arrive ${Math.round(arrived)} ms, to the top ${Math.round(top)} ms, search ${Math.round(found)} ms` });
  expect(top).toBeLessThan(500);
  expect(found).toBeLessThan(1000);
});
