// An agent's desk for the tutorial: accepts what rings; each line of the input is a message, and an empty one closes the conversation.
import { createInterface } from 'node:readline';
import sdk from 'node-agent-sdk';

const { LP_ACCOUNT, LP_USER, LP_PASS, LP_CSDS } = process.env;
const agent = new sdk.Agent({ accountId: LP_ACCOUNT, username: LP_USER, password: LP_PASS, csdsDomain: LP_CSDS });
let conversation;

agent.on('error', error => console.log(`error ${error.message}`));
agent.on('connected', () => {
  agent.subscribeExConversations({ agentIds: [agent.agentId], convState: ['OPEN'] });
  agent.subscribeRoutingTasks({});
  agent.setAgentState({ availability: 'ONLINE' }, () => console.log('online'));
});
agent.on('routing.RoutingTaskNotification', ({ changes }) => changes.flatMap(({ result }) => result.ringsDetails)
  .filter(ring => ring.ringState === 'WAITING')
  .forEach(ring => agent.updateRingState({ ringId: ring.ringId, ringState: 'ACCEPTED' })));
agent.on('cqm.ExConversationChangeNotification', ({ changes }) => changes.forEach(({ type, result }) => {
  if (type === 'UPSERT') conversation ??= result.convId;
  console.log(`${type} ${result.convId}`);
}));

createInterface({ input: process.stdin }).on('line', message => {
  if (message) {
    agent.publishEvent({ dialogId: conversation, event: { type: 'ContentEvent', contentType: 'text/plain', message } },
      (error, answer) => console.log(error ? `error ${JSON.stringify(error)}` : `published ${answer.sequence}`));
  } else {
    agent.updateConversationField({
      conversationId: conversation, conversationField: [{ field: 'ConversationStateField', conversationState: 'CLOSE' }],
    });
  }
}).on('close', () => process.exit());
