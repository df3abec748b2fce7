import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Consumer } from './support/consumer.js';
import { Desk } from './support/desk.js';
import { Page } from './support/page.js';
import { parley, Server } from './support/server.js';
import { Terminal } from './support/terminal.js';

// The lines of the platform's own tutorial that a person types, character by character.
const tokenLine = String.raw`echo $LP_JWT | sed -e 's/.*\.\(.*\)\..*/\1/' | base64 --decode`;
const connectLine = 'wscat -k 60 -H "Authorization:jwt $LP_JWT" -c "wss://$LP_ASYNCMESSAGINGENT/ws_api/account/$LP_ACCOUNT/messaging/consumer?v=3"';
const createLine = '{"kind":"req","id":1,"type":"cm.ConsumerRequestConversation"}';
const subscribeLine = (id, fromSeq) => `{"kind":"req","id":"22","body":{"fromSeq":${fromSeq},"dialogId":"${id}"},"type":"ms.SubscribeMessagingEvents"}`;
const listLine = '{"kind":"req","id":"33","body":{"convState":["OPEN","CLOSE"]},"type":"cqm.SubscribeExConversations"}';

// The wscat that everybody has knows no -k.
const stockWscat = String.raw`node "$STOCK_WSCAT" -H "Authorization:jwt $LP_JWT" -c "wss://$LP_ASYNCMESSAGINGENT/ws_api/account/$LP_ACCOUNT/messaging/consumer?v=3"`;

let server;

before(async () => { server = await Server.start(); });
after(() => server?.dispose());

const messages = frames => frames.filter(({ type }) => type === 'ms.MessagingEventNotification').map(({ body }) => body.changes);
const texts = frames => messages(frames).map(([{ sequence, event }]) => [sequence, event.message]);

const openShell = environment => new Terminal(parley, ['shell', '--data', server.data],
  { STOCK_WSCAT: `${import.meta.dirname}/node_modules/wscat/bin/wscat`, ...environment });

/** Ends what runs in a shell, and the shell. */
async function leave(shell, status = 0) {
  shell.control('C');
  await shell.shows(/\$ $/);
  shell.type('exit');
  assert.equal(await shell.ended(), status);
}

async function walk(connect) {
  const shell = openShell();
  const desk = await Desk.open(server);
  try {
    shell.type(`${tokenLine}; echo " status=$?"`);
    const [, claims] = await shell.shows(/^(\{.*\}) status=0/m);
    const { sub } = JSON.parse(claims);
    assert.match(sub, /^[0-9a-f-]{36}$/);

    shell.type(connect);
    await shell.shows(/Connected \(press CTRL\+C to quit\)/);
    shell.type(createLine);
    const created = await shell.frame('the new conversation', ({ reqId }) => reqId === '1');
    assert.deepEqual([created.kind, created.code, created.type], ['resp', 200, 'cm.RequestConversationResponse']);
    const { conversationId } = created.body;

    await desk.says(`UPSERT ${conversationId}`);
    for (const [sequence, text] of ['first', 'second', 'third'].entries()) await desk.publish(sequence, text);

    shell.type(subscribeLine(conversationId, 0));
    const subscribed = await shell.frame('the subscription', ({ reqId }) => reqId === '22');
    assert.deepEqual([subscribed.code, subscribed.type], [200, '.ams.GenericSubscribeResponse']);
    await shell.frame('message 2', ({ body }) => body.changes?.[0]?.sequence === 2);
    assert.deepEqual(texts(shell.frames), [[0, 'first'], [1, 'second'], [2, 'third']]);
    assert.ok(messages(shell.frames).every(changes => changes.length === 1 && changes[0].originatorId !== sub && changes[0].dialogId === conversationId));
    await desk.publish(3, 'fourth');
    await shell.frame('a message as it is written', ({ body }) => body.changes?.[0]?.sequence === 3);

    shell.control('C');
    await shell.shows(/\$ $/);
    await desk.publish(4, 'you are away');
    await desk.publish(5, 'and still away');
    shell.clear();
    shell.type(connect);
    await shell.shows(/Connected/);
    shell.type(subscribeLine(conversationId, 4));
    await shell.frame('message 5', ({ body }) => body.changes?.[0]?.sequence === 5);
    assert.deepEqual(texts(shell.frames), [[4, 'you are away'], [5, 'and still away']]);

    desk.close();
    await desk.says(`DELETE ${conversationId}`);
    shell.type(listLine);
    const list = await shell.frame('the list', ({ type }) => type === 'cqm.ExConversationChangeNotification');
    const { result } = list.body.changes.find(change => change.result.convId === conversationId);
    assert.deepEqual([result.conversationDetails.state, result.conversationDetails.stage], ['CLOSE', 'CLOSE']);

    await leave(shell);
    assert.deepEqual(desk.log.items.filter(line => line.startsWith('error')), []);
  } finally {
    await desk.dispose();
    shell.dispose();
  }
}

test('the platform\'s tutorial works as it is written, typed into parley shell', () => walk(connectLine));

test('the platform\'s tutorial works with the wscat that everybody has', () => walk(stockWscat));

const page = new Page('docs/tutorial.md');

/** Types the lines of our tutorial, the part of the consumer and that of the agent, each at a terminal of its own. */
async function play(wscat) {
  const [consumer, agent] = [openShell(), openShell()];
  const enter = (terminal, section) => page.lines(section, 'sh').forEach(line => terminal.type(wscat(line)));
  const answer = async (terminal, request) => {
    terminal.type(request);
    return terminal.frame(`the answer to ${request}`, ({ reqId }) => reqId === String(JSON.parse(request).id));
  };
  const agrees = (frame, written) => {
    assert.deepEqual([frame.kind, frame.code, frame.type], [written.kind, written.code, written.type]);
    assert.deepEqual(Object.keys(frame.body), Object.keys(written.body));
  };
  try {
    enter(consumer, '1.');
    const [, sub] = await consumer.shows(/"sub":"([^"]+)"/);

    enter(consumer, '2.');
    await consumer.shows(/Connected \(press CTRL\+C to quit\)/);
    const created = await answer(consumer, page.requests('2.')[0]);
    agrees(created, page.answers('2.')[0]);
    const CONVERSATION_ID = created.body.conversationId;

    enter(agent, '3.');
    await agent.shows(/Connected \(press CTRL\+C to quit\)/);
    const names = { CONVERSATION_ID, RING_ID: '?' };
    const [tasks, state] = page.requests('3.', names);
    assert.equal((await answer(agent, tasks)).code, 200);
    assert.equal((await answer(agent, state)).code, 202);
    const ring = await agent.frame('the ring', ({ type, body }) => type === '.ams.routing.RoutingTaskNotification'
      && body.changes[0].result.conversationId === CONVERSATION_ID && body.changes[0].result.ringsDetails[0].ringState === 'WAITING');
    names.RING_ID = ring.body.changes[0].result.ringsDetails[0].ringId;
    const [, , accept, publish] = page.requests('3.', names);
    assert.equal((await answer(agent, accept)).code, 202);
    const write = async (id, message) => {
      const request = JSON.parse(publish);
      Object.assign(request, { id });
      Object.assign(request.body.event, { message });
      return (await answer(agent, JSON.stringify(request))).body.sequence;
    };
    assert.equal((await answer(agent, publish)).body.sequence, 0);

    const [subscribed, notified] = page.answers('4.');
    agrees(await answer(consumer, page.requests('4.', names)[0]), subscribed);
    const first = await consumer.frame('message 0', ({ body }) => body.changes?.[0]?.sequence === 0);
    assert.equal(first.type, notified.type);
    assert.deepEqual(Object.keys(first.body.changes[0]), Object.keys(notified.body.changes[0]));
    assert.notEqual(first.body.changes[0].originatorId, sub);
    assert.equal(first.body.changes[0].event.message, 'message from the agent');

    consumer.control('C');
    await consumer.shows(/\$ $/);
    assert.deepEqual([await write(40, 'you are away'), await write(41, 'and still away')], [1, 2]);
    consumer.clear();
    enter(consumer, '2.');
    await consumer.shows(/Connected/);
    const [again, read] = page.requests('5.', names);
    await answer(consumer, again);
    await consumer.frame('message 2', ({ body }) => body.changes?.[0]?.sequence === 2);
    assert.deepEqual(texts(consumer.frames), [[1, 'you are away'], [2, 'and still away']]);
    assert.equal((await answer(consumer, read)).body.sequence, 3);
    const receipt = await agent.frame('the receipt', ({ body }) => body.sequence === 3);
    assert.deepEqual(receipt.body.event, JSON.parse(read).body.event);

    assert.equal((await answer(agent, page.requests('6.', names)[0])).body, 'OK Conversation resolved successfully');

    consumer.control('C');
    await consumer.shows(/\$ $/);
    consumer.clear();
    enter(consumer, '7.');
    const [, frame] = await consumer.shows(/(?:^|\$ )(\{"kind":"req","id":0,.*\})/m);
    await consumer.shows(/Connected/);
    const begun = await answer(consumer, frame);
    assert.deepEqual(begun, page.answers('7.')[0]);
    const { body: visit } = await answer(consumer, page.requests('2.')[0]);
    assert.notEqual(visit.conversationId, CONVERSATION_ID);
    assert.equal((await answer(consumer, page.requests('6.', { CONVERSATION_ID: visit.conversationId })[0])).code, 200);
    await Promise.all([leave(consumer), leave(agent)]);
  } finally {
    consumer.dispose();
    agent.dispose();
  }
}

test('our tutorial works as it is written, both sides of it', () => play(line => line));

test('our tutorial works with the wscat that everybody has', () => play(line => line.replace('wscat -k 60', 'node "$STOCK_WSCAT"')));

test('a stock wscat that shows no good token is told so and closed', async () => {
  const shell = openShell();
  try {
    shell.type(page.lines('7.', 'sh').at(-1).replace('wscat -k 60', 'node "$STOCK_WSCAT"'));
    await shell.shows(/Connected/);
    shell.type('{"kind":"req","id":0,"type":"InitConnection","headers":[{"type":".ams.headers.ConsumerAuthentication","jwt":"a.b.c"}]}');
    assert.equal((await shell.frame('the refusal', ({ reqId }) => reqId === '0')).code, 401);
    await shell.shows(/Disconnected \(code: 4401, reason: "Identity token is invalid"\)/);
    await shell.shows(/\$ $/);
    shell.type('exit');
    await shell.ended();
  } finally {
    shell.dispose();
  }
});

test('the bot at the end of our tutorial answers', async () => {
  const file = join(server.data, 'bot.js');
  await writeFile(file, page.lines('The same with a bot', 'js').join('\n'));
  const shell = openShell({ BOT: file, NODE_PATH: `${import.meta.dirname}/node_modules` });
  const consumer = await Consumer.withHeader(server, await server.newConsumer());
  try {
    const conversation = await consumer.requestConversation();
    const list = await consumer.subscribeList(['OPEN']);
    shell.type('node "$BOT"');
    await consumer.listChange(list, 'the bot', ({ result }) => result.convId === conversation
      && result.conversationDetails.participants.some(({ role }) => role === 'ASSIGNED_AGENT'));
    await consumer.subscribe(conversation);
    await consumer.publishText(conversation, 'hello');
    await consumer.event('its answer', ({ sequence, event }) => sequence === 1 && event.message === 'You said: hello');
    await leave(shell, 130);
  } finally {
    consumer.dispose();
    shell.dispose();
  }
});

test('the first lines of the README deliver a message', async () => {
  const shell = openShell();
  const [connect, create, subscribe, publish] = new Page('README.md').lines('Ten lines', 'sh').filter(line => /^(wscat|\{)/.test(line));
  try {
    shell.type(connect);
    await shell.shows(/Connected/);
    shell.type(create);
    const { body: { conversationId } } = await shell.frame('the conversation', ({ reqId }) => reqId === '1');
    shell.type(subscribe.replace('__CONVERSATION_ID__', conversationId));
    shell.type(publish.replace('__CONVERSATION_ID__', conversationId));
    assert.deepEqual((await shell.frame('the answer', ({ reqId }) => reqId === '3')).body, { sequence: 0 });
    await shell.frame('the message', ({ body }) => body.changes?.[0]?.event.message === 'Hello');
    await leave(shell);
  } finally {
    shell.dispose();
  }
});
