import sdk from 'node-agent-sdk';
import { Inbox } from './inbox.js';

/** A program on the unmodified package node-agent-sdk: the agent, and everything that it emitted, in order. */
export class Bot {
  /** Logs in and connects. */
  static async connect(server, credentials) {
    const bot = new Bot(server, credentials);
    await bot.emitted('connected');
    return bot;
  }

  /** Starts to log in; what comes of it is emitted. */
  constructor(server, credentials) {
    this.log = new Inbox(credentials.username ?? 'bot');
    const { LP_ACCOUNT: accountId, LP_CSDS: csdsDomain } = server.env;
    this.agent = new sdk.Agent({ accountId, csdsDomain, ...credentials });
    const names = ['connected', 'closed', 'error', 'warn', 'cqm.ExConversationChangeNotification', 'routing.RoutingTaskNotification',
      'routing.AgentStateNotification', 'ms.MessagingEventNotification'];
    names.forEach(name => this.agent.on(name, body => this.log.push({ name, body: body instanceof Error ? { error: body.message, code: body.code } : body })));
  }

  /** Calls a request of the SDK and returns the body of its answer, or throws the answer. */
  call(name, body = {}, ...more) {
    return new Promise((resolve, reject) => this.agent[name](body, ...more, (error, answer) => error ? reject(error) : resolve(answer)));
  }

  /** Follows his conversations and rings and takes work. */
  async takeWork(convState = ['OPEN']) {
    await this.call('subscribeExConversations', { agentIds: [this.agent.agentId], convState });
    await this.call('subscribeRoutingTasks');
    await this.call('setAgentState', { availability: 'ONLINE' });
  }

  async emitted(name, matches = () => true) {
    return (await this.log.first(name, item => item.name === name && matches(item.body))).body;
  }

  /** All bodies emitted under a name so far. */
  all(name) {
    return this.log.items.filter(item => item.name === name).map(item => item.body);
  }

  /** The ring of a conversation that waits for this agent. */
  async ring(convId) {
    const waits = task => task.result.conversationId === convId && task.result.ringsDetails.some(ring => ring.ringState === 'WAITING');
    const body = await this.emitted('routing.RoutingTaskNotification', ({ changes }) => changes.some(waits));
    return body.changes.find(waits).result.ringsDetails.find(ring => ring.ringState === 'WAITING');
  }

  answerRing(ring, ringState) {
    return this.call('updateRingState', { ringId: ring.ringId, ringState });
  }

  async accept(convId) {
    await this.answerRing(await this.ring(convId), 'ACCEPTED');
    return await this.change(convId, change => change.type === 'UPSERT');
  }

  /** The first change of a conversation in his list that matches. */
  async change(convId, matches) {
    const fits = change => change.result.convId === convId && matches(change);
    const body = await this.emitted('cqm.ExConversationChangeNotification', ({ changes }) => changes.some(fits));
    return body.changes.find(fits);
  }

  async publishText(dialogId, message) {
    return (await this.call('publishEvent', { dialogId, event: { type: 'ContentEvent', contentType: 'text/plain', message } })).sequence;
  }

  /** The first event of a dialog that matches, with what came around it. */
  async event(dialogId, matches) {
    const fits = change => change.dialogId === dialogId && matches(change.event);
    return (await this.emitted('ms.MessagingEventNotification', ({ changes }) => changes.some(fits))).changes.find(fits);
  }

  update(conversationId, ...conversationField) {
    return this.call('updateConversationField', { conversationId, conversationField });
  }

  close(conversationId) {
    return this.update(conversationId, { field: 'ConversationStateField', conversationState: 'CLOSE' });
  }

  /** Everything that the server sends because of what happened before has been emitted when this returns. */
  settled() {
    return this.call('getClock');
  }

  /** What the SDK complained of. */
  get complaints() {
    return this.log.items.filter(item => item.name === 'error' || item.name === 'warn');
  }

  dispose() {
    this.agent.dispose();
    // What was still under way may fail now, and an error that nobody hears ends the process.
    this.agent.on('error', () => {});
  }
}
