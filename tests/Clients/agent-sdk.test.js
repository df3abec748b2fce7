import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Bot } from './support/bot.js';
import { Consumer } from './support/consumer.js';
import { Inbox } from './support/inbox.js';
import { Server } from './support/server.js';

let server;
let bots = [];

before(async () => { server = await Server.start(); });
after(() => server?.dispose());
afterEach(() => {
  bots.forEach(bot => bot.dispose());
  bots = [];
});

const password = () => ({ username: server.env.LP_USER, password: server.env.LP_PASS });

/** A bot that ends with its test. */
function start(credentials) {
  const bot = new Bot(server, credentials);
  bots.push(bot);
  return bot;
}

async function connect(credentials) {
  const bot = start(credentials);
  await bot.emitted('connected');
  return bot;
}

async function newConsumer() {
  return Consumer.withHeader(server, await server.newConsumer());
}

async function logIn(credentials) {
  const response = await fetch(`http://${server.http}/api/account/${server.env.LP_ACCOUNT}/login?v=1.3`,
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(credentials) });
  return response.json();
}

test('it logs in with a password, with keys and with a bearer', async () => {
  const { bearer, config } = await logIn(password());
  const byPassword = await connect(password());
  const byKeys = await connect(await server.addKeys(server.env.LP_USER));
  const byBearer = await connect({ token: bearer, userId: config.userId });
  assert.equal(byPassword.agent.agentId, config.userPid);
  assert.equal(byKeys.agent.agentId, config.userPid);
  for (const bot of [byPassword, byKeys, byBearer]) {
    assert.ok(Number((await bot.call('getClock')).currentTime) > 0);
    assert.deepEqual(bot.complaints, []);
  }
});

test('a wrong password and a wrong bearer are refused before there is a socket', async () => {
  const wrongPassword = start({ ...password(), password: 'wrong' });
  const wrongBearer = start({ token: 'ab'.repeat(16), userId: '1' });
  await wrongPassword.emitted('error');
  assert.match((await wrongBearer.emitted('error')).error, /401/);
  assert.deepEqual([...wrongPassword.all('connected'), ...wrongBearer.all('connected')], []);
});

test('from the ring to the close it understands everything it is sent', async () => {
  const bot = await connect(await server.addAgent('whole-life'));
  const watching = await connect({ username: server.env.LP_MANAGER_USER, password: server.env.LP_MANAGER_PASS });
  await watching.call('subscribeExConversations', { convState: ['OPEN', 'CLOSE'] });
  await bot.takeWork();
  const consumer = await newConsumer();
  const conversation = await consumer.requestConversation();
  const ring = await bot.ring(conversation);
  await bot.answerRing(ring, 'ACCEPTED');

  const { result } = await bot.change(conversation, () => true);
  const main = result.conversationDetails.dialogs[0];
  assert.equal(main.dialogId, conversation);
  assert.equal(main.dialogType, 'MAIN');
  assert.equal(result.conversationDetails.getMyRole(), 'ASSIGNED_AGENT');
  const people = [{ id: consumer.id, role: 'CONSUMER' }, { id: bot.agent.agentId, role: 'ASSIGNED_AGENT' }];
  assert.deepEqual([...result.conversationDetails.participants].sort(byRole), people.sort(byRole));
  assert.deepEqual(main.participantsDetails.map(({ id, role }) => ({ id, role })).sort(byRole), people);

  assert.equal(await bot.publishText(conversation, 'hello'), 0);
  assert.equal((await consumer.publishText(conversation, 'hello yourself')).body.sequence, 1);
  const [mine, his] = await bot.log.until('both messages', () => bot.all('ms.MessagingEventNotification').length >= 2
    ? bot.all('ms.MessagingEventNotification').flatMap(body => body.changes) : undefined);
  assert.deepEqual([mine.__isMe, mine.originatorId, mine.sequence, mine.dialogId], [true, bot.agent.agentId, 0, conversation]);
  assert.deepEqual([his.__isMe, his.originatorId, his.sequence, his.dialogId], [false, consumer.id, 1, conversation]);
  assert.deepEqual([mine.originatorMetadata.role, his.originatorMetadata.role], ['ASSIGNED_AGENT', 'CONSUMER']);

  await bot.call('publishEvent', { dialogId: conversation, event: { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1] } });
  await bot.call('publishEvent', { dialogId: conversation, event: { type: 'ChatStateEvent', chatState: 'COMPOSING' } });
  assert.ok(Array.isArray(await bot.call('getUserProfile', consumer.id)));

  await bot.close(conversation);
  const gone = await bot.change(conversation, ({ type }) => type === 'DELETE');
  assert.equal(gone.result.conversationDetails.dialogs[0].dialogId, conversation);
  const closed = await watching.change(conversation, change => change.result.conversationDetails.state === 'CLOSE');
  assert.deepEqual([closed.type, closed.result.conversationDetails.stage], ['UPSERT', 'CLOSE']);
  await bot.settled();

  const order = bot.log.items.flatMap(({ name, body }) => body?.changes?.map(change => [name, change.result?.convId ?? change.dialogId]) ?? []);
  const firstUpsert = order.findIndex(([name, id]) => name === 'cqm.ExConversationChangeNotification' && id === conversation);
  const firstMessage = order.findIndex(([name]) => name === 'ms.MessagingEventNotification');
  assert.ok(firstUpsert >= 0 && firstUpsert < firstMessage, 'a bot knows a conversation before it hears of its messages');
  assert.deepEqual([...bot.complaints, ...watching.complaints], []);
  await consumer.close();
});

test('messages asked for later come as if they had been heard', async () => {
  const bot = await connect(await server.addAgent('latecomer'));
  await bot.takeWork();
  const consumer = await newConsumer();
  const conversation = await consumer.requestConversation();
  await consumer.publishText(conversation, 'is anybody there');
  await bot.accept(conversation);
  await bot.publishText(conversation, 'yes');
  await bot.call('subscribeMessagingEvents', { fromSeq: 0, dialogId: conversation });
  const { changes } = await bot.emitted('ms.MessagingEventNotification', body => body.changes.length === 2);
  assert.deepEqual(changes.map(change => [change.sequence, change.event.message, change.__isMe, change.originatorId]),
    [[0, 'is anybody there', false, consumer.id], [1, 'yes', true, bot.agent.agentId]]);
  await bot.close(conversation);
  assert.deepEqual(bot.complaints, []);
});

test('an echo bot answers each message once and never itself', async () => {
  const bot = await connect(await server.addAgent('echo'));
  bot.agent.on('routing.RoutingTaskNotification', ({ changes }) => changes.flatMap(change => change.result.ringsDetails)
    .filter(ring => ring.ringState === 'WAITING').forEach(ring => bot.answerRing(ring, 'ACCEPTED')));
  bot.agent.on('ms.MessagingEventNotification', ({ dialogId, changes }) => changes
    .filter(change => change.event.type === 'ContentEvent' && change.originatorId !== bot.agent.agentId)
    .forEach(change => bot.publishText(dialogId, `You said: ${change.event.message}`)));
  await bot.takeWork();
  const consumer = await newConsumer();
  const conversation = await consumer.requestConversation();
  await consumer.subscribe(conversation);
  await bot.change(conversation, () => true);
  await consumer.publishText(conversation, 'one');
  await consumer.messages(2);
  await consumer.publishText(conversation, 'two');
  await consumer.messages(4);
  await bot.settled();
  await consumer.settled();
  assert.deepEqual(consumer.events.map(event => [event.sequence, event.event.message]),
    [[0, 'one'], [1, 'You said: one'], [2, 'two'], [3, 'You said: two']]);
  await bot.close(conversation);
  assert.deepEqual(bot.complaints, []);
});

test('what one bot rejects rings at the other', async () => {
  const [first, second] = [await connect(await server.addAgent('choosy')), await connect(await server.addAgent('willing'))];
  await first.takeWork();
  const consumer = await newConsumer();
  const conversation = await consumer.requestConversation();
  const ring = await first.ring(conversation);
  await second.takeWork();
  await first.answerRing(ring, 'REJECTED');
  const { result } = await second.accept(conversation);
  assert.deepEqual(result.conversationDetails.participants.find(({ role }) => role === 'ASSIGNED_AGENT').id, second.agent.agentId);
  await first.settled();
  const states = first.all('routing.RoutingTaskNotification').flatMap(body => body.changes)
    .flatMap(change => change.result.ringsDetails).filter(({ ringId }) => ringId === ring.ringId).map(({ ringState }) => ringState);
  assert.deepEqual(states, ['WAITING', 'REJECTED']);
  assert.deepEqual(first.all('cqm.ExConversationChangeNotification').flatMap(body => body.changes), []);
  await second.close(conversation);
  assert.deepEqual([...first.complaints, ...second.complaints], []);
});

test('a session is refreshed for as long as the agent may log in', async () => {
  const bot = start({ ...await server.addAgent('refreshed'), refreshSessionInterval: 50 });
  const refreshes = new Inbox('refreshes');
  const refreshed = bot.agent._refreshSession;
  bot.agent._refreshSession = function (error, answer) {
    refreshes.push({ error: error?.code ?? null, answer });
    return refreshed.call(this, error, answer);
  };
  await bot.emitted('connected');
  // The first entry is the login itself.
  const three = await refreshes.until('two refreshes', items => items.length >= 3 ? items.slice(0, 3) : undefined);
  assert.deepEqual(three.map(({ error }) => error), [null, null, null]);
  await server.operate('agent', 'disable', '--login', 'refreshed');
  assert.equal((await bot.emitted('closed')), 4401);
  assert.equal((await bot.emitted('error')).code, 401);
});

test('a bearer outlives the server, stopped or killed', async () => {
  const bot = await connect(await server.addAgent('patient'));
  await bot.takeWork();
  const consumer = await newConsumer();
  const conversation = await consumer.requestConversation();
  await bot.accept(conversation);
  await bot.publishText(conversation, 'before');

  for (const [signal, exit, closed] of [['SIGTERM', 0, 1001], ['SIGKILL', null, 1006]]) {
    bot.log.items.length = 0;
    assert.equal(await server.stop(signal), exit);
    assert.equal(await bot.emitted('closed'), closed);
    await server.startAgain();
    bot.agent.reconnect(true);
    await bot.emitted('connected');
    await bot.takeWork();
    const { result } = await bot.change(conversation, ({ type }) => type === 'UPSERT');
    assert.equal(result.conversationDetails.getMyRole(), 'ASSIGNED_AGENT');
    await bot.publishText(conversation, `after ${signal}`);
  }
  await bot.call('subscribeMessagingEvents', { fromSeq: 0, dialogId: conversation });
  const { changes } = await bot.emitted('ms.MessagingEventNotification', body => body.changes.length === 3);
  assert.deepEqual(changes.map(change => [change.sequence, change.event.message]), [[0, 'before'], [1, 'after SIGTERM'], [2, 'after SIGKILL']]);
});

const byRole = (one, other) => one.role < other.role ? -1 : 1;
