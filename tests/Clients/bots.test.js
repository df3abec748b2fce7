import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Bot } from './support/bot.js';
import { Consumer } from './support/consumer.js';
import { Server } from './support/server.js';

// Bots as their developers write them on the unmodified SDK: what they do on the wire is the recipes of its README.

let server;
let bots = [];

before(async () => { server = await Server.start(); });
after(() => server?.dispose());
afterEach(() => {
  bots.forEach(bot => bot.dispose());
  bots = [];
});

async function connect(credentials) {
  const bot = new Bot(server, credentials);
  bots.push(bot);
  await bot.emitted('connected');
  return bot;
}

const manager = () => connect({ username: server.env.LP_MANAGER_USER, password: server.env.LP_MANAGER_PASS });

async function consumerWith(features) {
  const consumer = await Consumer.withoutHeader(server, await server.newConsumer());
  await consumer.answer(consumer.send('InitConnection', {}, {
    headers: [{ type: '.ams.headers.ClientProperties', features }, { type: '.ams.headers.ConsumerAuthentication', jwt: consumer.jwt }],
  }));
  return consumer;
}

const update = (bot, conversationId, conversationField) => bot.call('updateConversationField', { conversationId, conversationField });

test('a transfer bot hands the conversation on to another skill and its agent gets it', async () => {
  const concierge = await connect(await server.addAgent('concierge', '--skills', 'Reception'));
  const expert = await connect(await server.addAgent('expert', '--skills', 'Billing'));
  const watching = await manager();
  await watching.call('subscribeExConversations', { convState: ['OPEN'] });
  await concierge.takeWork();
  await expert.takeWork();
  const consumer = await consumerWith([]);
  const { body: { conversationId } } = await consumer.request('cm.ConsumerRequestConversation', { skillId: '1001' });
  await concierge.accept(conversationId);

  const answer = await update(concierge, conversationId, [
    { field: 'ParticipantsChange', type: 'REMOVE', role: 'ASSIGNED_AGENT' },
    { field: 'Skill', type: 'UPDATE', skill: '1002' },
  ]);
  assert.equal(answer, 'OK Agent removed successfully');
  const { result } = await expert.accept(conversationId);
  assert.equal(result.conversationDetails.skillId, '1002');
  assert.equal((await concierge.change(conversationId, change => change.type === 'DELETE')).result.convId, conversationId);
  await expert.publishText(conversationId, 'I know about bills');
  await expert.close(conversationId);
  assert.deepEqual([...concierge.complaints, ...expert.complaints, ...watching.complaints], []);
});

test('a manager bot joins, listens, speaks and leaves', async () => {
  const agent = await connect(await server.addAgent('watched'));
  const watcher = await manager();
  await watcher.call('subscribeExConversations', { convState: ['OPEN'] });
  await agent.takeWork();
  const consumer = await consumerWith([]);
  const conversationId = await consumer.requestConversation();
  await agent.accept(conversationId);

  await update(watcher, conversationId, [{ field: 'ParticipantsChange', type: 'ADD', role: 'MANAGER' }]);
  const { result } = await watcher.change(conversationId, change => change.result.conversationDetails.participants.some(({ role }) => role === 'MANAGER'));
  assert.equal(result.conversationDetails.getMyRole(), 'MANAGER');
  await consumer.publishText(conversationId, 'do you hear me');
  await watcher.emitted('ms.MessagingEventNotification', ({ changes }) => changes[0].event.message === 'do you hear me');
  await watcher.publishText(conversationId, 'we both do');
  await update(watcher, conversationId, [{ field: 'ParticipantsChange', type: 'REMOVE', role: 'MANAGER' }]);
  await assert.rejects(watcher.publishText(conversationId, 'not any more'));
  await agent.close(conversationId);
  assert.deepEqual(agent.complaints, []);
});

test('a survey bot asks in its own dialog when the conversation has ended', async () => {
  const agent = await connect(await server.addAgent('closer'));
  const survey = await connect(await server.addAgent('surveyor'));
  await server.operate('account', 'set', 'surveys={"*":{"agent":"surveyor","appInstallId":"survey-app"}}');
  await survey.call('subscribeExConversations', { agentIds: [survey.agent.agentId], convState: ['OPEN', 'CLOSE'] });
  await agent.takeWork();
  const consumer = await consumerWith(['MULTI_DIALOG', 'RICH_CONTENT']);
  const conversationId = await consumer.requestConversation();
  const list = await consumer.subscribeList(['OPEN', 'CLOSE']);
  await agent.accept(conversationId);
  await agent.publishText(conversationId, 'Goodbye');

  await consumer.request('cm.UpdateConversationField', {
    conversationId,
    conversationField: { field: 'DialogChange', type: 'UPDATE', dialog: { dialogId: conversationId, state: 'CLOSE', closedCause: 'Closed by consumer' } },
  });
  const begun = await survey.change(conversationId, change => change.result.conversationDetails.dialogs.some(d => d.dialogType === 'POST_SURVEY'));
  const dialog = begun.result.conversationDetails.dialogs.find(d => d.dialogType === 'POST_SURVEY');
  assert.deepEqual([dialog.state, dialog.metaData.appInstallId, begun.result.conversationDetails.stage], ['OPEN', 'survey-app', 'OPEN']);

  await consumer.subscribe(dialog.dialogId);
  assert.equal(await survey.publishText(dialog.dialogId, 'How did we do, 1 to 5?'), 0);
  await consumer.publishText(dialog.dialogId, '5');
  await survey.emitted('ms.MessagingEventNotification', ({ changes }) => changes[0].event.message === '5');
  await survey.call('updateConversationField', {
    conversationId, conversationField: [{ field: 'DialogChange', type: 'UPDATE', dialog: { dialogId: dialog.dialogId, state: 'CLOSE', closedCause: 'survey done' } }],
  });
  const ended = await consumer.listChange(list, 'the end', ({ result }) => result.conversationDetails.stage === 'CLOSE');
  assert.equal(ended.result.conversationDetails.dialogs.every(d => d.state === 'CLOSE'), true);
  assert.deepEqual([...agent.complaints, ...survey.complaints], []);
  await server.operate('account', 'set', 'surveys=');
  await consumer.close();
});
