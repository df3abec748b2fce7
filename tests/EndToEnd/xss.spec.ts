import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { hostile, sample } from './support/hostile.ts';
import { all, expect, test } from './support/test.ts';
import { Traps } from './support/Traps.ts';
import type { ConsumerSocket } from './support/ConsumerSocket.ts';
import type { Brand } from './support/Brand.ts';
import type { ParleyServer } from './support/ParleyServer.ts';

const seed = Number(process.env.PARLEY_SEED ?? 20261129);
const texts = all ? hostile : sample(12, seed);
test.describe.configure({ timeout: all ? 1_200_000 : 180_000 });
test.use({ actionTimeout: 15_000 });

test('there are at least a hundred hostile texts', () => expect(hostile.length).toBeGreaterThanOrEqual(100));

const action = (uri: string, text: string) => ({ actions: [{ type: 'link', uri, name: uri }, { type: 'publishText', text }], metadata: [{ type: 'ExternalId', id: 'x' }] });
const quickReplies = (text: string) => ({ type: 'quickReplies', itemsPerRow: 2, replies: [{ type: 'button', title: text, tooltip: text, click: action(text, text) }, { type: 'button', title: 'link', click: { actions: [{ type: 'link', uri: text }] } }] });
const card = (text: string) => ({
  type: 'vertical', tag: text, tooltip: text,
  elements: [
    { type: 'text', text, tooltip: text, style: { color: text, 'background-color': text, size: text, bold: text } },
    { type: 'button', title: text, tooltip: text, style: { color: text }, click: action(text, text) },
    { type: 'button', title: 'go', click: { actions: [{ type: 'link', uri: text }] } },
    { type: 'linkPreview', title: text, url: text, tooltip: text },
    { type: 'map', la: text, lo: text, tooltip: text },
    { type: 'image', url: `data:text/html,${text}`, caption: text, tooltip: text },
    { type: text, text },
    { type: 'template', templateType: 'quickReply', title: text, resp: [text] },
    { type: 'horizontal', elements: [{ type: 'carousel', padding: text, elements: [{ type: 'text', text }] }] },
  ],
});

interface Speaker {
  publish(dialogId: string, event: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** Everything that can be said in a dialog; what the server refuses has done no harm. */
async function sayAll(speaker: Speaker, dialog: string, text: string): Promise<void> {
  for (const event of [
    { type: 'ContentEvent', contentType: 'text/plain', message: text },
    { type: 'ContentEvent', contentType: 'text/plain', message: `see ${text}`, quickReplies: quickReplies(text) },
    { type: 'RichContentEvent', content: card(text), quickReplies: quickReplies(text) },
    { type: 'ContentEvent', contentType: 'forms/secure-invitation', message: { formId: text, invitationId: text, title: text } },
    { type: 'ContentEvent', contentType: text, message: text },
  ]) await speaker.publish(dialog, event).catch(refused);
}

const refused = (error: unknown) => {
  if (!/: 4\d\d /.test(String(error))) throw error;
};

/** A small text file that was uploaded as anybody may. */
async function upload(server: ParleyServer, consumer: ConsumerSocket): Promise<string> {
  const bytes = 'pwned';
  const { relativePath, queryParams } = await consumer.frames.request('ms.GenerateURLForUploadFile', { fileSize: bytes.length, fileType: 'TXT' });
  expect((await fetch(`${server.url}${relativePath}?${new URLSearchParams(queryParams)}`, { method: 'PUT', body: bytes })).status).toBe(201);
  return relativePath as string;
}

/** Signs whoever comes in as the brand would, with these claims. */
async function signIns(server: ParleyServer, brand: Brand): Promise<(claims: Readonly<Record<string, unknown>>) => Promise<string>> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const file = join(server.data, `${brand.account}.pem`);
  await writeFile(file, publicKey.export({ type: 'spki', format: 'pem' }));
  await server.cli('account', 'connector', 'add', '--account', brand.account, '--id', 'shop', '--type', 'implicit', '--issuer', 'https://shop.example', '--public-key', file);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return async claims => {
    const now = Math.floor(Date.now() / 1000);
    const head = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss: 'https://shop.example', iat: now, exp: now + 3600, ...claims })}`;
    const token = `${head}.${sign('sha256', Buffer.from(head), privateKey).toString('base64url')}`;
    const answer = await fetch(`${server.url}/api/account/${brand.account}/app/shop/authenticate?v=3.0`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ id_token: token }) });
    if (!answer.ok) throw new Error(`authenticate: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { token: string }).token;
  };
}

test('nothing that a consumer says or is runs at the agent\'s', async ({ server, brand, openWorkspace, watch }) => {
  watch.expectConsole(/Failed to load resource/);
  const traps = new Traps();
  const skill = await brand.skill('Sales', { autoAccept: true });
  const ada = await brand.agent('Ada', { maxSlots: 1000, skills: [{ id: skill }] });
  const workspace = await openWorkspace(ada);
  const { page } = workspace;
  await traps.follow(page.context());
  await workspace.state('Online');
  const agent = await brand.agentSocket(ada);
  const signIn = await signIns(server, brand);

  for (const [index, text] of texts.entries()) {
    const claims = {
      sub: `customer ${index}`, name: text, given_name: text, family_name: text, email: text, gender: text, phone_number: text, preferred_username: text,
      lp_sdes: [{ type: 'ctmrinfo', info: { customerId: text, ctype: text, cstatus: text, userName: text, companyBranch: text, socialId: text, role: text } }, { type: 'personal', personal: { firstname: text, lastname: text, language: text, company: text, gender: text, contacts: [{ email: text, phone: text }] } }, { type: text, [text || 'x']: { x: text } }],
    };
    const jwt = await signIn(claims).catch(() => signIn({ sub: `customer ${index}` }));
    const consumer = await brand.consumer(jwt, { appId: text.slice(0, 60), os: text.slice(0, 60), osName: text.slice(0, 60), browser: text.slice(0, 60), browserVersion: text.slice(0, 60), deviceModel: text.slice(0, 60), timeZone: text.slice(0, 60), integrationVersion: text.slice(0, 60) }).catch(() => brand.consumer(jwt));
    await consumer.profile({ firstName: text, lastName: text, avatarUrl: text, backgndImgUri: text, description: text, role: text, privateData: { mobileNum: text, mail: text } }).catch(refused);
    const context = { type: text, lang: text, visitorId: text, sessionId: text, interactionContextId: text, pageTitle: text, [text || 'x']: text };
    const body = { skillId: skill, conversationContext: context, campaignInfo: { campaignId: text, engagementId: text } };
    const id = await consumer.converse(undefined, body).catch(() => consumer.converse(undefined, { skillId: skill, conversationContext: { type: 'SharkContext', lang: 'en', visitorId: text } }))
      .catch(() => consumer.converse(undefined, { skillId: skill }));
    await agent.frames.inbox.until('the conversation', () => agent.frames.notifications.find(frame => JSON.stringify(frame.body).includes(id)) && true);
    await sayAll(consumer, id, text);
    const relativePath = await upload(server, consumer);
    await consumer.publish(id, { type: 'ContentEvent', contentType: 'hosted/file', message: { caption: text, relativePath, fileType: 'TXT', preview: text } }).catch(refused);
    for (const field of [{ field: 'TopicField', topic: text }, { field: 'Note', note: JSON.stringify([{ agentId: agent.agentId, name: text, noteContent: text, time: Date.now(), noteId: 'n' }]) }]) {
      await agent.update(id, field).catch(refused);
    }
    await agent.say(id, text, 'AGENTS_AND_MANAGERS').catch(refused);
    await consumer.say(id, `end ${index}`);

    await page.evaluate(path => {
      history.pushState(null, '', path);
      dispatchEvent(new PopStateEvent('popstate'));
    }, `/workspace/conversations/${id}`);
    // Long ones are read from where the news begin.
    const toEnd = page.getByRole('button', { name: /^(\d+ new|Newest)$/ });
    await expect(workspace.message(`end ${index}`).or(toEnd).first()).toBeVisible();
    await traps.check(`the beginning of ${JSON.stringify(text).slice(0, 200)}`);
    if (await toEnd.isVisible()) await toEnd.click();
    await expect(workspace.message(`end ${index}`)).toBeVisible();
    await traps.check(`the conversation of ${JSON.stringify(text).slice(0, 200)}`);
    if (await workspace.messages.getByRole('button', { name: 'go', exact: true }).count() > 0) await workspace.messages.getByRole('button', { name: 'go', exact: true }).first().click({ force: true, timeout: 1000 }).catch(() => undefined);
    await traps.check(`a button of ${JSON.stringify(text).slice(0, 200)}`);
    consumer.close();
  }
  // The list, its search, and the palette, with all of them.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('<img');
  await traps.check('the palette');
});

test('nothing that agents and administrators write runs at the consumer\'s', async ({ server, brand, browserOf, openWindow, watch }) => {
  watch.expectConsole(/Failed to load resource/);
  const traps = new Traps();
  const ada = await brand.agent('Ada');
  const agent = await brand.agentSocket(ada);
  await agent.state('ONLINE');
  const context = await browserOf();
  await traps.follow(context);
  const window = await (await openWindow({ context })).open();
  await window.say('hello');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  for (const [index, text] of texts.entries()) {
    await sayAll({ publish: (dialog, event) => agent.publish(dialog, event) }, convId, text);
    const { relativePath, queryParams } = await agent.frames.request('.ams.ms.GenerateURLForUploadFile', { fileSize: 5, fileType: 'TXT' });
    await fetch(`${server.url}${relativePath}?${new URLSearchParams(queryParams)}`, { method: 'PUT', body: 'pwned' });
    await agent.publish(convId, { type: 'ContentEvent', contentType: 'hosted/file', message: { caption: text, relativePath, fileType: 'TXT', preview: text } }).catch(refused);
    await agent.say(convId, `end ${index}`);
    await expect(window.message(`end ${index}`)).toBeVisible();
    await traps.check(`messages of ${JSON.stringify(text).slice(0, 200)}`);
    // Quick replies stand under the last message only.
    await agent.publish(convId, { type: 'RichContentEvent', content: card(text), quickReplies: quickReplies(text) }).catch(refused);
    const go = window.panel.getByRole('button', { name: 'go', exact: true }).or(window.panel.getByRole('button', { name: 'link', exact: true }));
    for (const button of await go.all()) await button.click({ force: true, timeout: 500 }).catch(() => undefined);
    await traps.check(`buttons of ${JSON.stringify(text).slice(0, 200)}`);
  }
});

test('nothing in names, brands and settings runs at the consumer\'s', async ({ brand, browserOf, openWindow, watch }) => {
  watch.expectConsole(/Failed to load resource/);
  const traps = new Traps();
  const ada = await brand.agent('Ada');
  const agent = await brand.agentSocket(ada);
  await agent.state('ONLINE');
  for (const text of texts.filter((_, index) => all || index % 3 === 0)) {
    for (const setting of ['brandName', 'brandDescription', 'brandLogoUrl', 'brandWebsiteUrl', 'welcomeMessage']) await brand.set({ [setting]: text }).catch(refused);
    for (const field of ['nickname', 'fullName', 'description', 'pictureUrl']) await brand.admin('PATCH', `users/${ada.id}`, { [field]: text }).catch(refused);
    const context = await browserOf();
    await traps.follow(context);
    const attributes = { greeting: text, title: text, accent: text, skill: '', language: 'en', position: text, offset: text, theme: text };
    const window = await openWindow({ context, attributes });
    await window.launcher.click();
    await window.composer.waitFor();
    await window.say('hello');
    const { convId } = await agent.anyRing();
    await agent.accept(convId);
    await agent.say(convId, 'end');
    await expect(window.message('end')).toBeVisible();
    await traps.check(`the window of ${JSON.stringify(text).slice(0, 200)}`);
    await agent.end(convId);
    await context.close();
    agent.frames.inbox.items.length = 0;
  }
});

test('nothing runs in the manager view, in the settings and in the builder', async ({ server, brand, openWorkspace, browserOf, watch }) => {
  watch.expectConsole(/Failed to load resource/);
  const traps = new Traps();
  for (const [index, text] of texts.entries()) {
    const skill = await brand.skill(text.slice(0, 100), { description: text }).catch(() => brand.skill(text.slice(0, 60)).catch(() => null));
    await brand.agent(text.slice(0, 80), { login: `user${index}`, fullName: text, description: text, email: text, pictureUrl: text }).catch(() => brand.agent(text.slice(0, 60), { login: `user${index}` }).catch(refused));
    await brand.admin('POST', 'canned-answers', { title: text, text, shortcut: `s${index}`, category: text, skillIds: skill ? [skill] : [] })
      .catch(() => brand.admin('POST', 'canned-answers', { title: text.slice(0, 60), text, shortcut: `s${index}` }).catch(refused));
    const consumer = await brand.consumer();
    await consumer.profile({ firstName: text, lastName: text }).catch(refused);
    const id = await consumer.converse(undefined, skill ? { skillId: skill } : {});
    await consumer.say(id, text).catch(refused);
    consumer.close();
  }
  for (const setting of ['brandName', 'brandDescription', 'brandCategory', 'welcomeMessage', 'waitingMessage', 'transferMessage', 'offHoursMessage']) await brand.set({ [setting]: texts[0] }).catch(refused);
  const workspace = await openWorkspace(await brand.agent('Marta', { role: 'admin', login: 'marta' }));
  const { page } = workspace;
  await traps.follow(page.context());
  const visit = async (path: string) => {
    await page.goto(`${server.url}/workspace/${path}`);
    await settled(page);
    await traps.check(path);
  };
  for (const view of ['overview', 'conversations', 'figures']) await visit(`manager/${view}`);
  for (const section of ['agents', 'skills', 'answers', 'brand', 'promises', 'routing', 'hours', 'messages', 'closing', 'reasons', 'files', 'access']) await visit(`settings/${section}`);

  const context = await browserOf();
  await traps.follow(context);
  const builder = await context.newPage();
  const consumer = await brand.consumer();
  const conversation = await consumer.converse('begin');
  for (const text of texts) await sayAll(consumer, conversation, text);
  const { Builder } = await import('./support/Builder.ts');
  const bench = await new Builder(builder).open(server.url, '#ms.SubscribeMessagingEvents');
  for (const text of texts) await bench.json.fill(JSON.stringify({ kind: 'req', id: '1', type: 'ms.PublishEvent', body: { dialogId: text, event: { type: 'ContentEvent', contentType: 'text/plain', message: text } } }));
  await traps.check('the builder');
});

/** Somebody is logged in and nothing is being loaded any more. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Workspace' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  await expect(page.locator('.ui-skeleton')).toHaveCount(0);
}
