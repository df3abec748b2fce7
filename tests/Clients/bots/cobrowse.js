// A bot that looks at the consumer's page together with him: "invite" on its input asks him to, "end" is the end of it.
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import sdk from 'node-agent-sdk';

const { LP_ACCOUNT, LP_USER, LP_PASS, LP_CSDS } = process.env;
const agent = new sdk.Agent({ accountId: LP_ACCOUNT, username: LP_USER, password: LP_PASS, csdsDomain: LP_CSDS });
const call = (name, body) => promisify(agent[name].bind(agent))(body);
const report = error => console.log(`error ${error.code ?? error.message} ${JSON.stringify(error.body)}`);
let conversation;
let dialog;

agent.on('error', report);
agent.on('warn', report);
agent.on('connected', async () => {
  await call('subscribeExConversations', { convState: ['OPEN'], agentIds: [agent.agentId] });
  await call('subscribeRoutingTasks', {});
  await call('setAgentState', { availability: 'ONLINE' });
  console.log('online');
});
agent.on('routing.RoutingTaskNotification', ({ changes }) => changes.flatMap(({ result }) => result.ringsDetails)
  .filter(ring => ring.ringState === 'WAITING')
  .forEach(ring => call('updateRingState', { ringId: ring.ringId, ringState: 'ACCEPTED' }).catch(report)));
agent.on('cqm.ExConversationChangeNotification', ({ changes }) => changes.forEach(({ type, result }) => {
  conversation = type === 'UPSERT' ? result : undefined;
  console.log(`${type} ${result.convId}`);
  const known = result.conversationDetails.dialogs.find(({ dialogId }) => dialogId === dialog?.dialogId);
  if (known) console.log(`cobrowse ${known.state} ${known.metaData.sessionState} ${known.closedBy ?? '-'}`);
}));

const change = (type, fields) => call('updateConversationField', {
  conversationId: conversation.convId,
  conversationField: [{ field: 'DialogChange', type, dialog: fields }],
});

const actions = {
  async invite() {
    const { convId, conversationDetails: { participants } } = conversation;
    const dialogId = randomUUID();
    const invitation = {
      dialogId, dialogType: 'OTHER', channelType: 'COBROWSE', state: 'OPEN',
      metaData: {
        serviceId: `${participants.find(({ role }) => role === 'CONSUMER').id}#${convId}`,
        mode: 'view', sessionState: 'INVITED', notificationKey: 'invited', expires: 120.5, dialogId,
      },
    };
    dialog ??= invitation;
    console.log(`invited ${await change('CREATE', invitation)}`);
  },
  async end() {
    const { dialogId, metaData } = dialog;
    console.log(`ended ${await change('UPDATE', { dialogId, state: 'CLOSE', closedCause: 'seen enough', metaData: { ...metaData, sessionState: 'CLOSED' } })}`);
    dialog = undefined;
  },
};

createInterface({ input: process.stdin }).on('line', action => actions[action]().catch(report)).on('close', () => process.exit());
