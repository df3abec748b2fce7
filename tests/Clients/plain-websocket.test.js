import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Bot } from './support/bot.js';
import { Consumer } from './support/consumer.js';
import { Server } from './support/server.js';

let server, bot;

before(async () => {
  server = await Server.start();
  bot = await Bot.connect(server, { username: server.env.LP_USER, password: server.env.LP_PASS });
  await bot.takeWork();
});

after(async () => {
  bot?.dispose();
  await server?.dispose();
});

const texts = events => events.map(({ sequence, event }) => [sequence, event.message]);

async function tutorial(open) {
  const jwt = await server.newConsumer();
  let consumer = await open(jwt);
  const id = consumer.send('cm.ConsumerRequestConversation', undefined, { id: 1 });
  const created = await consumer.answer(id);
  assert.equal(created.code, 200);
  assert.equal(created.reqId, '1');
  assert.equal(created.type, 'cm.RequestConversationResponse');
  const conversation = created.body.conversationId;

  await bot.accept(conversation);
  for (const [sequence, text] of ['one', 'two', 'three'].entries()) assert.equal(await bot.publishText(conversation, text), sequence);
  const subscribed = await consumer.subscribe(conversation);
  assert.deepEqual([subscribed.code, subscribed.type, subscribed.body], [200, '.ams.GenericSubscribeResponse', {}]);
  assert.deepEqual(texts(await consumer.messages(3)), [[0, 'one'], [1, 'two'], [2, 'three']]);
  assert.ok(consumer.messageNotifications.every(({ body }) => body.changes.length === 1), 'one event per notification');
  assert.ok(consumer.events.every(event => event.originatorId === bot.agent.agentId && event.originatorId !== consumer.id));
  await consumer.close();

  await bot.publishText(conversation, 'while you were away');
  await bot.publishText(conversation, 'and another');
  consumer = await open(jwt);
  await consumer.subscribe(conversation, 3);
  await consumer.messages(2);
  assert.equal((await consumer.publishText(conversation, 'thanks')).body.sequence, 5);
  await consumer.messages(3);
  await consumer.settled();
  assert.deepEqual(texts(consumer.events), [[3, 'while you were away'], [4, 'and another'], [5, 'thanks']]);
  assert.equal(consumer.events.at(-1).originatorId, consumer.id);

  const list = await consumer.subscribeList(['OPEN', 'CLOSE']);
  await bot.close(conversation);
  const closed = await consumer.listChange(list, 'the closed conversation',
    ({ type, result }) => type === 'UPSERT' && result.convId === conversation && result.conversationDetails.state === 'CLOSE');
  assert.equal(closed.result.conversationDetails.stage, 'CLOSE');
  assert.equal(closed.result.conversationDetails.closeReason, 'AGENT');
  const refused = await consumer.publishText(conversation, 'too late');
  assert.equal(refused.code, 400);
  assert.equal((await consumer.close()).closed, 1000);
}

test('a consumer that sends its token in the header gets what it missed, and the end', () => tutorial(jwt => Consumer.withHeader(server, jwt)));

test('a consumer that sends its token in the path gets the same', () => tutorial(jwt => Consumer.withPath(server, jwt)));

test('a consumer that sends its token in InitConnection may ask the clock first and need not await the answer', () => tutorial(async jwt => {
  const consumer = await Consumer.withoutHeader(server, jwt);
  const clock = consumer.send('GetClock', {});
  const init = consumer.send('InitConnection', {}, { headers: [{ type: '.ams.headers.ConsumerAuthentication', jwt }] });
  const list = consumer.send('cqm.SubscribeExConversations', { convState: ['OPEN'] });
  assert.ok(Number((await consumer.answer(clock)).body.currentTime) > 0);
  assert.equal((await consumer.answer(init)).code, 200);
  const { subscriptionId } = (await consumer.answer(list)).body;
  const snapshot = await consumer.frames.first('the initial list', frame => frame.kind === 'notification');
  assert.equal(snapshot.body.subscriptionId, subscriptionId);
  assert.ok(Array.isArray(snapshot.body.changes));
  assert.deepEqual(consumer.frames.items.filter(frame => frame.reqId).map(frame => frame.reqId), [clock, init, list]);
  await consumer.request('cqm.UnsubscribeExConversations', { subscriptionId });
  return consumer;
}));

test('a consumer that subscribed to nothing hears nothing', async () => {
  const consumer = await Consumer.withHeader(server, await server.newConsumer());
  const conversation = await consumer.requestConversation();
  await bot.accept(conversation);
  await bot.publishText(conversation, 'hello');
  await bot.close(conversation);
  await consumer.settled();
  assert.deepEqual(consumer.frames.items.filter(frame => frame.kind === 'notification'), []);
  await consumer.close();
});

test('a token that nobody signed is refused with 4401 after the upgrade', async () => {
  const [head, claims] = (await server.newConsumer()).split('.');
  const consumer = await Consumer.withHeader(server, `${head}.${claims}.${'A'.repeat(86)}`);
  assert.deepEqual(await consumer.frames.first('the close', frame => frame.closed), { closed: 4401, reason: 'Identity token is invalid' });
});
