// A greeting bot out of the README of node-agent-sdk: it takes whatever rings, reads who has come and greets him once.
import sdk from 'node-agent-sdk';

const { LP_ACCOUNT, LP_USER, LP_PASS, LP_CSDS } = process.env;
const agent = new sdk.Agent({ accountId: LP_ACCOUNT, username: LP_USER, password: LP_PASS, csdsDomain: LP_CSDS });
const conversations = new Set();
const report = error => error && console.log(`error ${JSON.stringify(error)}`);

agent.on('error', error => console.log(`error ${error.message}`));
agent.on('connected', () => {
  agent.subscribeExConversations({ convState: ['OPEN'], agentIds: [agent.agentId] }, report);
  agent.subscribeRoutingTasks({}, report);
  agent.setAgentState({ availability: 'ONLINE' }, (error, answer) => error ? report(error) : console.log(`state ${answer}\nonline`));
});
agent.on('routing.RoutingTaskNotification', body => body.changes.forEach(change => {
  if (change.type !== 'UPSERT') return;
  change.result.ringsDetails.filter(ring => ring.ringState === 'WAITING')
    .forEach(ring => agent.updateRingState({ ringId: ring.ringId, ringState: 'ACCEPTED' }, report));
}));
agent.on('cqm.ExConversationChangeNotification', body => body.changes.forEach(change => {
  const { convId, conversationDetails } = change.result;
  if (change.type === 'DELETE') {
    conversations.delete(convId);
    console.log(`left ${convId}`);
  } else if (!conversations.has(convId)) {
    conversations.add(convId);
    agent.subscribeMessagingEvents({ dialogId: convId }, report);
    agent.getUserProfile(conversationDetails.participants.find(p => p.role === 'CONSUMER').id, (error, profile) => {
      if (error) return report(error);
      const name = profile.find(sde => sde.type === 'personal')?.personal.firstname ?? 'stranger';
      agent.publishEvent({ dialogId: convId, event: { type: 'ContentEvent', contentType: 'text/plain', message: `Hello ${name}` } }, report);
    });
  }
}));

process.stdin.resume().on('end', () => process.exit());
