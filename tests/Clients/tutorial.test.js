import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './support/desk.js';
import { parley, Server } from './support/server.js';
import { Terminal } from './support/terminal.js';

// The lines of the tutorial that a person types, character by character.
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

async function walk(connect) {
  const shell = new Terminal(parley, ['shell', '--data', server.data], { STOCK_WSCAT: `${import.meta.dirname}/node_modules/wscat/bin/wscat` });
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

    shell.control('C');
    await shell.shows(/\$ $/);
    shell.type('exit');
    assert.equal(await shell.ended(), 0);
    assert.deepEqual(desk.log.items.filter(line => line.startsWith('error')), []);
  } finally {
    desk.dispose();
    shell.dispose();
  }
}

test('the tutorial works as it is written, typed into parley shell', () => walk(connectLine));

test('the tutorial works with the wscat that everybody has', () => walk(stockWscat));
