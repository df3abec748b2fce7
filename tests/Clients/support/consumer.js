import { once } from 'node:events';
import { request } from 'node:https';
import WebSocket from 'ws';
import { Inbox } from './inbox.js';

const types = { subscribe: 'ms.SubscribeMessagingEvents', publish: 'ms.PublishEvent', list: 'cqm.SubscribeExConversations' };

/** The claim `sub`: how a consumer finds his own messages. */
export const subject = jwt => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64').toString()).sub;

/** A consumer's program on nothing but the package `ws`. */
export class Consumer {
  #socket;
  #lastId = 0;

  constructor(server, jwt) {
    this.server = server;
    this.jwt = jwt;
    this.id = subject(jwt);
    this.frames = new Inbox('consumer');
  }

  /** Opens a socket that is identified by its header. */
  static async withHeader(server, jwt) {
    const consumer = new Consumer(server, jwt);
    await consumer.#open('consumer?v=3', { Authorization: `jwt ${jwt}` });
    return consumer;
  }

  /** Opens a socket as a browser does, which cannot set headers: whoever uses it says who he is in the first frame. */
  static async withoutHeader(server, jwt) {
    const consumer = new Consumer(server, jwt);
    await consumer.#open('consumer?v=3', {});
    return consumer;
  }

  /** Opens a socket in the oldest way: the token is a part of the path. */
  static async withPath(server, jwt) {
    const consumer = new Consumer(server, jwt);
    await consumer.#open(`consumer/${jwt}?v=3`, {});
    return consumer;
  }

  /** Says who he is and what his client can do. */
  identify(features = []) {
    return this.answer(this.send('InitConnection', {}, {
      headers: [{ type: '.ams.headers.ClientProperties', features }, { type: '.ams.headers.ConsumerAuthentication', jwt: this.jwt }],
    }));
  }

  /** Sends a request without waiting for its answer. */
  send(type, body, { id = `consumer-${++this.#lastId}`, headers, metadata } = {}) {
    this.#socket.send(JSON.stringify({ kind: 'req', id, type, body, headers, metadata }));
    return String(id);
  }

  answer(id) {
    return this.frames.first(`the answer to ${id}`, frame => frame.reqId === id);
  }

  request(type, body, more) {
    return this.answer(this.send(type, body, more));
  }

  /** Opens a conversation and returns its id. */
  async requestConversation() {
    return (await this.request('cm.ConsumerRequestConversation', {})).body.conversationId;
  }

  subscribe(dialogId, fromSeq = 0) {
    return this.request(types.subscribe, { dialogId, fromSeq });
  }

  /** Follows the list of his conversations in these states and returns the id of the subscription. */
  async subscribeList(convState) {
    return (await this.request(types.list, { convState })).body.subscriptionId;
  }

  publish(dialogId, event, metadata) {
    return this.request(types.publish, { dialogId, event }, { metadata });
  }

  publishText(dialogId, message) {
    return this.publish(dialogId, { type: 'ContentEvent', contentType: 'text/plain', message });
  }

  /** The first event of a dialog that matches. */
  async event(what, matches) {
    return this.frames.until(what, () => this.events.find(matches));
  }

  /** Sends bytes to a signed address, or reads them from one; returns the status and what came. */
  async transfer(method, { relativePath, queryParams }, bytes) {
    const address = `https://${this.server.env.LP_SWIFT}${relativePath}?${new URLSearchParams(queryParams)}`;
    const transfer = request(address, { method }).end(bytes);
    const [answer] = await once(transfer, 'response');
    return { status: answer.statusCode, type: answer.headers['content-type'], bytes: Buffer.concat(await answer.toArray()) };
  }

  /** The notifications of messages so far. */
  get messageNotifications() {
    return this.frames.items.filter(frame => frame.type === 'ms.MessagingEventNotification');
  }

  /** The first `count` events of a dialog, each of which came in a notification of its own. */
  messages(count) {
    return this.frames.until(`message ${count}`, () => this.events.length >= count ? this.events : undefined);
  }

  get events() {
    return this.messageNotifications.flatMap(frame => frame.body.changes);
  }

  /** The first change in a list that matches. */
  async listChange(subscriptionId, what, matches) {
    const frame = await this.frames.first(what, ({ type, body }) => type === 'cqm.ExConversationChangeNotification'
      && body.subscriptionId === subscriptionId && body.changes.some(matches));
    return frame.body.changes.find(matches);
  }

  /** Everything that the server sends because of what happened before has arrived when this returns. */
  settled() {
    return this.request('GetClock', {});
  }

  async close() {
    this.#socket.close();
    return await this.frames.first('the close', frame => frame.closed !== undefined);
  }

  dispose() {
    this.#socket.terminate();
  }

  async #open(path, headers) {
    const { LP_ASYNCMESSAGINGENT: host, LP_ACCOUNT: account } = this.server.env;
    const opened = new Inbox('upgrade');
    this.#socket = new WebSocket(`wss://${host}/ws_api/account/${account}/messaging/${path}`, { headers, ca: this.server.ca });
    this.#socket.on('open', () => opened.push({ open: true }));
    this.#socket.on('error', error => opened.push({ error: error.message }));
    this.#socket.on('message', data => this.frames.push(JSON.parse(data)));
    this.#socket.on('close', (code, reason) => this.frames.push({ closed: code, reason: reason.toString() }));
    const { error } = await opened.first('the upgrade', () => true);
    if (error) throw new Error(error);
  }
}
