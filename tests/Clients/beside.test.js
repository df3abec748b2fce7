import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Consumer } from './support/consumer.js';
import { Scene } from './support/scene.js';

// What goes on beside the messages: co-browsing, secure forms, and whether the consumer is there at all.

const scene = new Scene();
const cobrowses = ({ result }) => result.conversationDetails.dialogs.filter(({ channelType }) => channelType === 'COBROWSE');
const has = (state, sessionState) => change => cobrowses(change).some(dialog => dialog.state === state && dialog.metaData.sessionState === sessionState);

test('a bot invites to co-browse, the consumer accepts, and the bot ends it while the conversation goes on', async () => {
  const bot = await scene.program('cobrowse');
  const consumer = await scene.consumer('CO_BROWSE');
  const conversationId = await consumer.requestConversation();
  const list = await consumer.subscribeList(['OPEN']);
  await bot.says(`UPSERT ${conversationId}`);

  bot.write('invite\n');
  await bot.says('invited OK Add dialog success');
  const invited = await consumer.listChange(list, 'the invitation', has('OPEN', 'INVITED'));
  const [{ dialogId, dialogType, metaData, participantsDetails }] = cobrowses(invited);
  assert.deepEqual([dialogType, invited.result.conversationDetails.dialogs[0].dialogId], ['OTHER', conversationId]);
  assert.deepEqual(metaData, {
    serviceId: `${consumer.id}#${conversationId}`, mode: 'view', sessionState: 'INVITED', notificationKey: 'invited', expires: 120.5, dialogId,
  });
  assert.deepEqual(participantsDetails.map(({ role, state }) => [role, state]), [['CONSUMER', 'ACTIVE'], ['ASSIGNED_AGENT', 'ACTIVE']]);
  assert.equal((await consumer.publishText(dialogId, 'in here?')).code, 404);

  // One at a time.
  bot.write('invite\n');
  await bot.log.first('the refusal', line => line.startsWith('error 409 '));

  const update = dialog => consumer.request('cm.UpdateConversationField',
    { conversationId, conversationField: { field: 'DialogChange', type: 'UPDATE', dialog: { dialogId, ...dialog } } });
  assert.equal((await update({ metaData: { ...metaData, sessionState: 'ACCEPTED', notificationKey: 'accepted' } })).code, 200);
  await bot.says('cobrowse OPEN ACCEPTED -');
  bot.write('end\n');
  await bot.says('ended OK Conversation updated successfully');
  const [ended] = cobrowses(await consumer.listChange(list, 'its end', has('CLOSE', 'CLOSED')));
  assert.deepEqual([ended.closedBy, ended.closedCause], ['AGENT', 'seen enough']);
  assert.equal((await consumer.publishText(conversationId, 'thank you')).body.sequence, 0);
  assert.equal(bot.all('error').length, 1);
});

test('a consumer declines to co-browse and can be asked again', async () => {
  const bot = await scene.program('cobrowse');
  const consumer = await scene.consumer('CO_BROWSE');
  const conversationId = await consumer.requestConversation();
  const list = await consumer.subscribeList(['OPEN']);
  await bot.says(`UPSERT ${conversationId}`);
  bot.write('invite\n');
  const [{ dialogId, metaData }] = cobrowses(await consumer.listChange(list, 'the invitation', has('OPEN', 'INVITED')));
  await consumer.request('cm.UpdateConversationField', {
    conversationId,
    conversationField: [{ field: 'DialogChange', type: 'UPDATE', dialog: { dialogId, state: 'CLOSE', metaData: { ...metaData, sessionState: 'CLOSED', notificationKey: 'cancel_invitation' } } }],
  });
  await bot.says('cobrowse CLOSE CLOSED CONSUMER');

  bot.write('invite\n');
  const again = await consumer.listChange(list, 'the second invitation', change => cobrowses(change).length === 2);
  assert.deepEqual(cobrowses(again).map(({ state }) => state), ['CLOSE', 'OPEN']);
  assert.equal(again.result.conversationDetails.stage, 'OPEN');
  assert.deepEqual(bot.all('error'), []);
});

test('a bot asks for a secure form, the consumer submits it, and the bot reads it with a key of its own', async () => {
  const bot = await scene.program('forms');
  const [consumer, other] = [await scene.consumer('SECURE_FORMS'), await scene.consumer('SECURE_FORMS')];
  const dialogId = await consumer.requestConversation();
  await consumer.subscribe(dialogId);
  await bot.says(`UPSERT ${dialogId}`);

  bot.write('Your card\n');
  await bot.says('invited 0');
  const { event: { message: { formId, invitationId, title } } } = await consumer.event('the invitation', ({ event }) => event.contentType === 'forms/secure-invitation');
  assert.deepEqual([title, invitationId.startsWith(`${consumer.id}-${formId}-`)], ['Your card', true]);

  const upload = { uploadable: { type: 'SecureForm', formId, invitationId, dialogId } };
  const keys = await consumer.request('ms.GenerateUploadToken', upload, { id: invitationId });
  assert.deepEqual([keys.code, keys.type, keys.reqId], [200, 'ms.UploadTokenResponse', invitationId]);
  const { readOtk, writeOtk } = keys.body.token;
  assert.equal((await other.request('ms.GenerateUploadToken', upload)).code, 404);

  const submitted = await consumer.publish(dialogId,
    { type: 'ContentEvent', contentType: 'forms/secure-submission', message: { submissionId: 'submission-1', invitationId } });
  assert.deepEqual([submitted.code, submitted.body.sequence], [200, 1]);
  const viewed = await consumer.event('that it was read', ({ event }) => event.status === 'VIEWED');
  assert.deepEqual([viewed.sequence, viewed.event.sequenceList, viewed.originatorMetadata.role], [2, [1], 'ASSIGNED_AGENT']);
  const [key] = bot.all('key');
  assert.match(key, /^SecureForm [0-9a-f]{32,}$/);
  assert.equal(new Set([key.split(' ')[1], readOtk, writeOtk]).size, 3);
  assert.deepEqual(bot.all('error'), []);
});

test('a bot hears when its consumer leaves and when he is back', async () => {
  const bot = await scene.bot('waiting');
  await bot.takeWork();
  const consumer = await scene.consumer();
  const conversationId = await consumer.requestConversation();
  await bot.accept(conversationId);

  await consumer.close();
  const left = await bot.event(conversationId, ({ chatState }) => chatState === 'BACKGROUND');
  assert.deepEqual([left.originatorId, left.originatorMetadata.role, left.sequence, left.isMe()], [consumer.id, 'CONSUMER', undefined, false]);
  const back = await Consumer.withHeader(scene.server, consumer.jwt);
  await bot.event(conversationId, ({ chatState }) => chatState === 'ACTIVE');
  back.dispose();
  await bot.close(conversationId);
  assert.deepEqual(bot.complaints, []);
});
