import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scene } from './support/scene.js';

// Bots as their developers write them on the unmodified SDK: what they do on the wire is the recipes of its README.

const scene = new Scene();

// Made anew each time: the SDK writes into what it is given.
const agentChange = (type, userId) => ({ field: 'ParticipantsChange', type, role: 'ASSIGNED_AGENT', userId });
const remove = () => agentChange('REMOVE');
const isAssigned = (change, id) => change.result.conversationDetails.participants.some(p => p.role === 'ASSIGNED_AGENT' && p.id === id);
const roles = ({ result }) => result.conversationDetails.dialogs[0].participantsDetails
  .filter(({ role }) => role === 'ASSIGNED_AGENT').map(({ id, state }) => [id, state]);

test('a greeting bot greets everybody once, by the name he gave', async () => {
  const greeting = await scene.program('greeting');
  const [named, stranger] = [await scene.consumer(), await scene.consumer()];
  await named.request('userprofile.SetUserProfile', { firstName: 'Ada' });
  for (const [consumer, hello] of [[named, 'Hello Ada'], [stranger, 'Hello stranger']]) {
    const conversationId = await consumer.requestConversation();
    await consumer.subscribe(conversationId);
    await consumer.messages(1);
    await consumer.publishText(conversationId, 'And hello to you');
    await consumer.messages(2);
    await consumer.request('cm.UpdateConversationField',
      { conversationId, conversationField: { field: 'ConversationStateField', conversationState: 'CLOSE' } });
    await greeting.says(`left ${conversationId}`);
    await consumer.settled();
    assert.deepEqual(consumer.events.map(({ sequence, event }) => [sequence, event.message]), [[0, hello], [1, 'And hello to you']]);
  }
  assert.deepEqual(greeting.all('state'), ['Agent state updated successfully']);
  assert.deepEqual(greeting.all('error'), []);
});

test('a transfer bot hands the conversation on to another skill and its agent gets it', async () => {
  const concierge = await scene.bot('concierge', '--skill', 'Reception');
  const expert = await scene.bot('expert', '--skill', 'Billing');
  await concierge.takeWork();
  await expert.takeWork();
  const consumer = await scene.consumer();
  const { body: { conversationId } } = await consumer.request('cm.ConsumerRequestConversation', { skillId: '1001' });
  await concierge.accept(conversationId);

  assert.equal(await concierge.update(conversationId, remove(), { field: 'Skill', type: 'UPDATE', skill: '1002' }), 'OK Agent removed successfully');
  const { result } = await expert.accept(conversationId);
  assert.equal(result.conversationDetails.skillId, '1002');
  assert.equal((await concierge.change(conversationId, change => change.type === 'DELETE')).result.convId, conversationId);
  assert.equal(await expert.publishText(conversationId, 'I know about bills'), 0);
  await expert.close(conversationId);
  assert.deepEqual([...concierge.complaints, ...expert.complaints], []);
});

test('a transfer bot hands the conversation on to an agent whom it names, whoever else is free', async () => {
  const first = await scene.bot('first');
  await first.takeWork();
  const consumer = await scene.consumer();
  const conversationId = await consumer.requestConversation();
  await first.accept(conversationId);
  const [idle, chosen, watching] = [await scene.bot('idle', '--max-slots', '50'), await scene.bot('chosen', '--max-slots', '1'), await scene.manager()];
  await watching.call('subscribeExConversations', { convState: ['OPEN'] });
  await idle.takeWork();
  await chosen.takeWork();

  await assert.rejects(first.update(conversationId, remove(), remove()));
  assert.equal(await first.update(conversationId, remove(), agentChange('SUGGEST', chosen.agent.agentId)), 'OK Agent removed successfully');
  const suggested = await watching.change(conversationId, change => roles(change).some(([, state]) => state === 'SUGGESTED'));
  assert.deepEqual(roles(suggested).map(([, state]) => state), ['SUGGESTED']);
  assert.equal(isAssigned(suggested, chosen.agent.agentId), false, 'who is suggested does not have it yet');

  assert.equal(isAssigned(await chosen.accept(conversationId), chosen.agent.agentId), true);
  await first.change(conversationId, change => change.type === 'DELETE');
  const taken = await watching.change(conversationId, change => isAssigned(change, chosen.agent.agentId));
  assert.deepEqual(roles(taken), [[chosen.agent.agentId, 'ACTIVE']]);
  await idle.settled();
  assert.deepEqual(idle.all('routing.RoutingTaskNotification').flatMap(({ changes }) => changes), []);
  await chosen.close(conversationId);
  assert.deepEqual([first, idle, chosen, watching].flatMap(bot => bot.complaints), []);
});

test('a conversation whose named agent declines goes to whoever is free', async () => {
  const first = await scene.bot('giver');
  await first.takeWork();
  const consumer = await scene.consumer();
  const conversationId = await consumer.requestConversation();
  await first.accept(conversationId);
  const [unwilling, other] = [await scene.bot('unwilling'), await scene.bot('other')];
  await unwilling.takeWork();
  await other.takeWork();
  await first.call('setAgentState', { availability: 'AWAY' });
  await first.update(conversationId, remove(), agentChange('SUGGEST', unwilling.agent.agentId));
  await unwilling.answerRing(await unwilling.ring(conversationId), 'REJECTED');
  assert.deepEqual(roles(await other.accept(conversationId)), [[other.agent.agentId, 'ACTIVE']]);
  await other.close(conversationId);
  assert.deepEqual([first, unwilling, other].flatMap(bot => bot.complaints), []);
});

test('a manager bot joins, listens, speaks and leaves', async () => {
  const agent = await scene.bot('watched');
  const watcher = await scene.manager();
  await watcher.call('subscribeExConversations', { convState: ['OPEN'] });
  await agent.takeWork();
  const consumer = await scene.consumer();
  const conversationId = await consumer.requestConversation();
  await agent.accept(conversationId);

  assert.equal(await watcher.update(conversationId, { field: 'ParticipantsChange', type: 'ADD', role: 'MANAGER' }), 'OK Agent added successfully');
  const { result } = await watcher.change(conversationId, change => change.result.conversationDetails.participants.some(({ role }) => role === 'MANAGER'));
  assert.equal(result.conversationDetails.getMyRole(), 'MANAGER');
  await consumer.publishText(conversationId, 'do you hear me');
  await watcher.event(conversationId, ({ message }) => message === 'do you hear me');
  assert.equal(await watcher.publishText(conversationId, 'we both do'), 1);
  await watcher.update(conversationId, { field: 'ParticipantsChange', type: 'REMOVE', role: 'MANAGER' });
  await assert.rejects(watcher.publishText(conversationId, 'not any more'));
  await agent.close(conversationId);
  assert.deepEqual(agent.complaints, []);
});

test('a manager bot takes a conversation over and its agent loses it', async () => {
  const agent = await scene.bot('relieved');
  const boss = await scene.manager();
  await boss.call('subscribeExConversations', { agentIds: [boss.agent.agentId], convState: ['OPEN'] });
  await agent.takeWork();
  const consumer = await scene.consumer();
  const conversationId = await consumer.requestConversation();
  await agent.accept(conversationId);
  await boss.update(conversationId, agentChange('REMOVE', agent.agent.agentId), agentChange('ADD'));
  assert.deepEqual(roles(await boss.change(conversationId, () => true)), [[boss.agent.agentId, 'ACTIVE']]);
  await agent.change(conversationId, change => change.type === 'DELETE');
  await assert.rejects(agent.publishText(conversationId, 'not mine any more'));
  assert.equal(await boss.publishText(conversationId, 'I am the one to talk to'), 0);
  await boss.close(conversationId);
  assert.deepEqual([...agent.complaints, ...boss.complaints], []);
});

test('two bots consult about a conversation and its consumer does not hear of it', async () => {
  const [agent, colleague] = [await scene.bot('asking'), await scene.bot('knowing')];
  await colleague.call('subscribeExConversations', { agentIds: [colleague.agent.agentId], convState: ['OPEN'] });
  await agent.takeWork();
  const consumer = await scene.consumer();
  const conversationId = await consumer.requestConversation();
  const list = await consumer.subscribeList(['OPEN', 'CLOSE']);
  await agent.accept(conversationId);

  const isConsultation = ({ dialogType }) => dialogType === 'AGENTS';
  assert.equal(await agent.update(conversationId, { field: 'DialogChange', type: 'CREATE', dialog: { dialogType: 'AGENTS', channelType: 'MESSAGING' } }),
    'OK Add dialog success');
  const begun = await agent.change(conversationId, change => change.result.conversationDetails.dialogs.some(isConsultation));
  const { dialogId } = begun.result.conversationDetails.dialogs.find(isConsultation);
  await agent.update(conversationId, { field: 'ParticipantsChange', type: 'ADD', role: 'AGENT', userId: colleague.agent.agentId, dialogId });
  const joined = await colleague.change(conversationId, change => change.type === 'UPSERT');
  assert.deepEqual(joined.result.conversationDetails.dialogs.find(isConsultation).participantsDetails.map(({ id, role }) => [id, role]),
    [[agent.agent.agentId, 'ASSIGNED_AGENT'], [colleague.agent.agentId, 'AGENT']]);
  assert.equal(await agent.publishText(dialogId, 'What do I tell him?'), 0);
  await colleague.event(dialogId, ({ message }) => message === 'What do I tell him?');
  assert.equal(await colleague.publishText(dialogId, 'The truth'), 1);
  await agent.event(dialogId, ({ message }) => message === 'The truth');

  assert.equal((await consumer.subscribe(dialogId)).code, 404);
  await agent.close(conversationId);
  const { result } = await consumer.listChange(list, 'the end', change => change.result.conversationDetails.stage === 'CLOSE');
  assert.deepEqual(result.conversationDetails.dialogs.map(({ dialogType }) => dialogType), ['MAIN']);
  assert.ok(!JSON.stringify(consumer.frames.items).includes(colleague.agent.agentId));
  assert.deepEqual([...agent.complaints, ...colleague.complaints], []);
});

test('a bot writes first to a consumer whom it knows', async () => {
  const bot = await scene.bot('following');
  await bot.takeWork();
  const consumer = await scene.consumer();
  const list = await consumer.subscribeList(['OPEN']);
  const before = await consumer.requestConversation();
  await bot.accept(before);
  await bot.close(before);
  const { conversationId } = await bot.call('agentRequestConversation',
    { consumerId: consumer.id, conversationContext: { type: 'ProactiveContext', originConversationId: before } });
  assert.equal(isAssigned(await bot.change(conversationId, () => true), bot.agent.agentId), true);
  assert.equal(await bot.publishText(conversationId, 'One more thing'), 0);
  await consumer.listChange(list, 'the new conversation', ({ result }) => result.convId === conversationId);
  await consumer.subscribe(conversationId);
  await consumer.event('its message', ({ event }) => event.message === 'One more thing');
  await bot.close(conversationId);
  assert.deepEqual(bot.complaints, []);
});

test('a survey bot asks in its own dialog when the conversation has ended', async () => {
  const agent = await scene.bot('closer');
  const survey = await scene.bot('surveyor');
  await scene.server.operate('account', 'set', 'surveys={"*":{"agent":"surveyor","appInstallId":"survey-app"}}');
  await survey.call('subscribeExConversations', { agentIds: [survey.agent.agentId], convState: ['OPEN', 'CLOSE'] });
  await agent.takeWork();
  const consumer = await scene.consumer('MULTI_DIALOG', 'RICH_CONTENT');
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
  assert.deepEqual(dialog.participantsDetails.map(({ id, role }) => [id, role]),
    [[consumer.id, 'CONSUMER'], [survey.agent.agentId, 'AGENT'], [agent.agent.agentId, 'READER']]);

  await consumer.subscribe(dialog.dialogId);
  assert.equal(await survey.publishText(dialog.dialogId, 'How did we do, 1 to 5?'), 0);
  await consumer.publishText(dialog.dialogId, '5');
  await survey.event(dialog.dialogId, ({ message }) => message === '5');
  await survey.update(conversationId, { field: 'DialogChange', type: 'UPDATE', dialog: { dialogId: dialog.dialogId, state: 'CLOSE', closedCause: 'survey done' } });
  const ended = await consumer.listChange(list, 'the end', ({ result }) => result.conversationDetails.stage === 'CLOSE');
  assert.equal(ended.result.conversationDetails.dialogs.every(d => d.state === 'CLOSE'), true);
  assert.deepEqual([...agent.complaints, ...survey.complaints], []);
  await scene.server.operate('account', 'set', 'surveys=');
});
