// A bot that asks for what is nobody else's business: each line of its input is the title of a secure form to fill in. What is
// submitted it reads with a key that it gets for it, and says that it has seen it.
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import sdk from 'node-agent-sdk';

const { LP_ACCOUNT, LP_USER, LP_PASS, LP_CSDS } = process.env;
const agent = new sdk.Agent({ accountId: LP_ACCOUNT, username: LP_USER, password: LP_PASS, csdsDomain: LP_CSDS });
const call = (name, body) => promisify(agent[name].bind(agent))(body);
const report = error => console.log(`error ${error.code ?? error.message} ${JSON.stringify(error.body)}`);
const formId = '3410';
let conversation;
let invitations = 0;

agent.on('error', report);
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
}));
agent.on('ms.MessagingEventNotification', ({ changes }) => changes
  .filter(({ event }) => event.contentType === 'forms/secure-submission')
  .forEach(submission => read(submission).catch(report)));

const publish = event => call('publishEvent', { dialogId: conversation.convId, event });

async function invite(title) {
  const consumer = conversation.conversationDetails.participants.find(({ role }) => role === 'CONSUMER').id;
  const invitationId = `${consumer}-${formId}-${Date.now()}-${++invitations}`;
  const { sequence } = await publish({ type: 'ContentEvent', contentType: 'forms/secure-invitation', message: { formId, invitationId, title } });
  console.log(`invited ${sequence}`);
}

// The SDK knows nothing of keys: it is told that there is such a request, as it is of its own.
agent._registerRequests(['.ams.ms.token.GenerateDownloadToken']);

async function read({ sequence, dialogId, event: { message: { submissionId, invitationId } } }) {
  const { token } = await call('generateDownloadToken', { downloadable: { type: 'SecureForm', dialogId, submissionId, invitationId } });
  console.log(`key ${token.type} ${token.readOtk}`);
  await publish({ type: 'AcceptStatusEvent', status: 'VIEWED', sequenceList: [sequence] });
}

createInterface({ input: process.stdin }).on('line', title => invite(title).catch(report)).on('close', () => process.exit());
