import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inbox } from './support/inbox.js';
import { Scene } from './support/scene.js';

// Bots on the unmodified SDK who share the work of one account.

const scene = new Scene();

const agentChange = (type, userId) => ({ field: 'ParticipantsChange', type, role: 'ASSIGNED_AGENT', userId });
const toQueue = () => [agentChange('REMOVE')];
const toSkill = skill => [agentChange('REMOVE'), { field: 'Skill', type: 'UPDATE', skill }];
const toAgent = bot => [agentChange('REMOVE'), agentChange('SUGGEST', bot.agent.agentId)];
const isMine = (bot, { result }) => result.conversationDetails.participants.some(({ role, id }) => role === 'ASSIGNED_AGENT' && id === bot.agent.agentId);

/** Bots who take work, and all their rings as they come. */
class Floor {
  #rings = new Inbox('rings');
  #answered = new Set();

  static async open(...agents) {
    const floor = new Floor();
    floor.bots = [];
    for (const words of agents) await floor.add(...words);
    return floor;
  }

  async add(...words) {
    const bot = await scene.bot(...words);
    const at = this.bots.push(bot) - 1;
    bot.agent.on('routing.RoutingTaskNotification', ({ changes }) => changes.forEach(
      ({ result: { conversationId, ringsDetails: [ring] } }) => this.#rings.push({ at, conversationId, ring })));
    await bot.takeWork();
    return bot;
  }

  /** Whoever it rings at takes it; the one who did. */
  async whoTakes(conversationId) {
    const { at, ring } = await this.#rings.first(`a ring of ${conversationId}`,
      rung => rung.conversationId === conversationId && rung.ring.ringState === 'WAITING' && !this.#answered.has(rung.ring.ringId));
    this.#answered.add(ring.ringId);
    const bot = this.bots[at];
    await bot.answerRing(ring, 'ACCEPTED');
    await bot.change(conversationId, change => change.type === 'UPSERT' && isMine(bot, change));
    return bot;
  }

  /** What everybody was told of a conversation's rings so far. */
  async ringsOf(conversationId) {
    await Promise.all(this.bots.map(bot => bot.settled()));
    return this.#rings.items.filter(rung => rung.conversationId === conversationId).map(({ at, ring }) => [this.bots[at], ring.ringState]);
  }

  get complaints() {
    return this.bots.flatMap(bot => bot.complaints);
  }
}

test('five bots at once are rung for five conversations and each takes one', async () => {
  const floor = await Floor.open(...['one', 'two', 'three', 'four', 'five'].map(login => [login, '--max-slots', '1']));
  const consumers = await Promise.all(floor.bots.map(() => scene.consumer()));
  const ids = await Promise.all(consumers.map(consumer => consumer.requestConversation()));
  const waiting = await consumers[0].requestConversation();
  const taken = await Promise.all(ids.map(id => floor.whoTakes(id)));
  assert.equal(new Set(taken).size, 5, 'everybody has one');
  await Promise.all(taken.map(async (bot, i) => assert.equal(await bot.publishText(ids[i], 'Here I am'), 0)));
  assert.deepEqual(await floor.ringsOf(waiting), [], 'nobody is rung who has no slot free');

  await taken[2].close(ids[2]);
  assert.equal(await floor.whoTakes(waiting), taken[2], 'who has a slot again is the next');
  ids[2] = waiting;
  await Promise.all(taken.map((bot, i) => bot.close(ids[i])));
  assert.deepEqual(floor.complaints, []);
});

test('a conversation goes from bot to bot: to a skill, to one who is named, back to the queue', async () => {
  const floor = await Floor.open(['desk', '--skill', 'Desk'], ['billing', '--skill', 'Bills'], ['expert', '--skill', 'Bills', '--max-slots', '9']);
  const [desk, billing, expert] = floor.bots;
  const consumer = await scene.consumer();
  const { body: { conversationId } } = await consumer.request('cm.ConsumerRequestConversation', { skillId: '1001' });
  const list = await consumer.subscribeList(['OPEN']);
  assert.equal(await floor.whoTakes(conversationId), desk);
  await desk.publishText(conversationId, 'You want my colleagues');

  await desk.update(conversationId, ...toSkill('1002'));
  assert.equal(await floor.whoTakes(conversationId), expert, 'the one of that skill with more slots free');
  await desk.change(conversationId, change => change.type === 'DELETE');
  await expert.update(conversationId, ...toAgent(billing));
  assert.equal(await floor.whoTakes(conversationId), billing, 'whom he named, though he is freer himself');
  assert.equal(await billing.publishText(conversationId, 'What is it about?'), 1);
  await billing.update(conversationId, ...toQueue());
  assert.equal(await floor.whoTakes(conversationId), expert, 'anybody of the skill');

  await consumer.listChange(list, 'the last agent', change => isMine(expert, change) && change.result.conversationDetails.skillId === '1002');
  assert.equal(await expert.publishText(conversationId, 'Where were we?'), 2);
  const rung = [desk, expert, billing, expert].flatMap(bot => [[bot, 'WAITING'], [bot, 'ACCEPTED']]);
  assert.ok((await floor.ringsOf(conversationId)).every(([bot, state], i) => bot === rung[i][0] && state === rung[i][1]), 'nobody else was rung');
  await expert.close(conversationId);
  assert.deepEqual(floor.complaints, []);
});

test('what rings at a bot that crashes rings at the next', async () => {
  const floor = await Floor.open(['falls', '--max-slots', '9']);
  const consumer = await scene.consumer();
  const conversationId = await consumer.requestConversation();
  await floor.bots[0].ring(conversationId);
  const second = await floor.add('stands');
  floor.bots[0].agent.transport.ws.terminate();
  const { result } = await second.accept(conversationId);
  assert.equal(result.conversationDetails.getMyRole(), 'ASSIGNED_AGENT');
  await second.close(conversationId);
  assert.deepEqual(second.complaints, []);
});

test('the conversations of a bot that crashed go on with another', async () => {
  await scene.server.operate('account', 'set', 'returnWhenGone=true', 'presenceGraceSeconds=1');
  const floor = await Floor.open(['goes', '--max-slots', '1']);
  const [first] = floor.bots;
  const consumer = await scene.consumer();
  const conversationId = await consumer.requestConversation();
  await consumer.subscribe(conversationId);
  await first.accept(conversationId);
  await first.publishText(conversationId, 'I am on it');
  const second = await floor.add('comes');
  const own = await consumer.requestConversation();
  await second.accept(own);

  first.agent.transport.ws.terminate();
  await second.accept(conversationId);
  await second.call('subscribeMessagingEvents', { fromSeq: 0, dialogId: conversationId });
  await second.event(conversationId, ({ message }) => message === 'I am on it');
  assert.equal(await second.publishText(conversationId, 'Now I am'), 1);
  await consumer.messages(2);
  await Promise.all([conversationId, own].map(id => second.close(id)));
  assert.deepEqual(second.complaints, []);
  await scene.server.operate('account', 'set', 'returnWhenGone=', 'presenceGraceSeconds=');
});
