import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Scene } from './support/scene.js';

// Bots on the unmodified SDK that send more than text, and read what consumers say of themselves.

const scene = new Scene();
const png = () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(70_000)]);

test('a bot shares a file and the consumer reads the same bytes, and the other way round', async () => {
  const sharing = await scene.program('sharing');
  const [consumer, other] = [await scene.consumer(), await scene.consumer()];
  const conversation = await consumer.requestConversation();
  await consumer.subscribe(conversation);
  await sharing.says(`UPSERT ${conversation}`);

  const picture = png();
  const file = join(scene.server.data, 'picture.png');
  await writeFile(file, picture);
  sharing.write(`${file}\n`);
  const { event: { message } } = await consumer.event('the file', ({ event }) => event.contentType === 'hosted/file');
  assert.deepEqual([message.caption, message.fileType], ['picture.png', 'PNG']);
  await sharing.says('shared 201 0');
  const download = await consumer.request('ms.GenerateURLForDownloadFile', { relativePath: message.relativePath });
  const read = await consumer.transfer('GET', download.body);
  assert.deepEqual([read.status, read.type], [200, 'image/png']);
  assert.ok(read.bytes.equals(picture));
  assert.equal((await other.request('ms.GenerateURLForDownloadFile', { relativePath: message.relativePath })).code, 404);
  assert.equal((await consumer.transfer('GET', { ...download.body, queryParams: { ...download.body.queryParams, temp_url_sig: '0'.repeat(40) } })).status, 401);

  const answer = png();
  const { body: upload } = await consumer.request('ms.GenerateURLForUploadFile', { fileSize: answer.length, fileType: 'PNG' });
  assert.equal((await consumer.transfer('PUT', upload, answer)).status, 201);
  const published = await consumer.publish(conversation,
    { type: 'ContentEvent', contentType: 'hosted/file', message: { caption: 'mine', relativePath: upload.relativePath, fileType: 'PNG' } });
  assert.deepEqual([published.code, published.body.sequence], [200, 1]);
  await sharing.says(`read 200 mine ${createHash('sha256').update(answer).digest('hex')}`);
  assert.deepEqual(sharing.all('error'), []);
});

const button = (title, text, id) => ({
  type: 'button', tooltip: `${title}!`, title,
  click: { actions: [{ type: 'publishText', text }], metadata: [{ type: 'ExternalId', id }] },
});
const card = {
  type: 'RichContentEvent',
  content: {
    type: 'vertical',
    elements: [
      {
        type: 'image', url: 'https://images.example.test/product.jpg', tooltip: 'image tooltip',
        click: { actions: [{ type: 'navigate', name: 'Navigate to store via image', lo: -73.99852590, la: 40.7562724 }] },
      },
      { type: 'text', text: 'Product Name', tooltip: 'text tooltip', style: { bold: true, size: 'large' } },
      { type: 'button', tooltip: 'button tooltip', title: 'Add to cart', click: { actions: [{ type: 'link', name: 'Add to cart', uri: 'https://shop.example.test' }] } },
    ],
  },
  quickReplies: { type: 'quickReplies', itemsPerRow: 8, replies: [button('Yes', 'yep', 'Yes-1234'), button('No', 'No!', 'No-4321')] },
};

test('a bot sends a card with quick replies and hears which the consumer chose', async () => {
  const bot = await scene.bot('dealer');
  await bot.takeWork();
  const consumer = await scene.consumer('RICH_CONTENT');
  const conversation = await consumer.requestConversation();
  await consumer.subscribe(conversation);
  await bot.accept(conversation);
  const metadata = [{ type: 'ExternalId', id: 'MY_CARD_ID' }];
  assert.deepEqual(await bot.call('publishEvent', { dialogId: conversation, event: card }, null, metadata), { sequence: 0 });

  const seen = await consumer.event('the card', ({ event }) => event.type === 'RichContentEvent');
  assert.deepEqual([seen.event, seen.metadata], [card, metadata]);
  const chosen = seen.event.quickReplies.replies[0].click;
  await consumer.publish(conversation, { type: 'AcceptStatusEvent', status: 'ACTION', sequenceList: [seen.sequence] }, chosen.metadata);
  await consumer.publish(conversation, { type: 'ContentEvent', contentType: 'text/plain', message: chosen.actions[0].text }, chosen.metadata);

  const action = await bot.event(conversation, ({ status }) => status === 'ACTION');
  assert.deepEqual([action.sequence, action.event.sequenceList, action.metadata, action.originatorId], [1, [0], chosen.metadata, consumer.id]);
  const text = await bot.event(conversation, ({ message }) => message === 'yep');
  assert.deepEqual([text.sequence, text.metadata], [2, chosen.metadata]);
  await bot.close(conversation);
  assert.deepEqual(bot.complaints, []);
});

test('a card that no client could show is refused and the bot goes on', async () => {
  const bot = await scene.bot('fumbler');
  await bot.takeWork();
  const consumer = await scene.consumer();
  const conversation = await consumer.requestConversation();
  await bot.accept(conversation);
  await assert.rejects(bot.call('publishEvent', { dialogId: conversation, event: { ...card, content: { type: 'vertical', elements: 'none' } } }),
    error => error.code === 400 && /content\.elements must be a list/.test(JSON.stringify(error)));
  assert.equal(await bot.publishText(conversation, 'in words, then'), 0);
  await bot.close(conversation);
});

test('a bot reads what the consumer says of himself', async () => {
  const bot = await scene.bot('reader');
  await bot.takeWork();
  const consumer = await scene.consumer();
  const customer = { type: 'ctmrinfo', info: { customerId: 'K-17', balance: 12.5, companySize: 3 } };
  const set = await consumer.request('userprofile.SetUserProfile', {
    firstName: 'Ada', lastName: 'Example', privateData: { mobileNum: '+441234', mail: 'ada@example.test' }, authenticatedData: { lp_sdes: [customer] },
  });
  assert.deepEqual([set.code, set.body], [200, 'OK User Profile set successfully']);
  const conversation = await consumer.requestConversation();
  const { result } = await bot.accept(conversation);
  const consumerId = result.conversationDetails.participants.find(({ role }) => role === 'CONSUMER').id;
  assert.deepEqual(await bot.call('getUserProfile', consumerId), [
    { ...customer, auth: {} },
    { type: 'ctmrinfo', info: { imei: '+441234' } },
    // This SDK looks for the mail under another name than the one that consumers' clients set.
    { type: 'personal', personal: { firstname: 'Ada', lastname: 'Example', contacts: [{ email: undefined, phone: '+441234' }] } },
  ]);
  await bot.close(conversation);
  assert.deepEqual(bot.complaints, []);
});
