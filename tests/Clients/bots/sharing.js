// A bot that shares files: each line of its input names one to send; what it is sent it reads.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import sdk from 'node-agent-sdk';

const { LP_ACCOUNT, LP_USER, LP_PASS, LP_CSDS } = process.env;
const agent = new sdk.Agent({ accountId: LP_ACCOUNT, username: LP_USER, password: LP_PASS, csdsDomain: LP_CSDS });
const call = (name, body) => promisify(agent[name].bind(agent))(body);
const report = error => console.log(`error ${error.message ?? JSON.stringify(error)}`);
let conversation;

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
  conversation = type === 'UPSERT' ? result.convId : undefined;
  console.log(`${type} ${result.convId}`);
}));
agent.on('ms.MessagingEventNotification', ({ changes }) => changes
  .filter(({ event, originatorId }) => event.contentType === 'hosted/file' && originatorId !== agent.agentId)
  .forEach(({ event }) => read(event.message).catch(report)));

async function address({ relativePath, queryParams }) {
  const { baseURI } = await (await fetch(`https://${LP_CSDS}/api/account/${LP_ACCOUNT}/service/swift/baseURI.json?version=1.0`)).json();
  return `https://${baseURI}${relativePath}?${new URLSearchParams(queryParams)}`;
}

async function share(file) {
  const bytes = await readFile(file);
  const fileType = extname(file).slice(1).toUpperCase();
  const place = await call('generateURLForUploadFile', { fileSize: bytes.length, fileType });
  const { status } = await fetch(await address(place), { method: 'PUT', body: bytes });
  const { sequence } = await call('publishEvent', {
    dialogId: conversation,
    event: { type: 'ContentEvent', contentType: 'hosted/file', message: { caption: basename(file), relativePath: place.relativePath, fileType } },
  });
  console.log(`shared ${status} ${sequence}`);
}

async function read({ relativePath, caption }) {
  const answer = await fetch(await address(await call('generateURLForDownloadFile', { relativePath })));
  console.log(`read ${answer.status} ${caption} ${createHash('sha256').update(Buffer.from(await answer.arrayBuffer())).digest('hex')}`);
}

createInterface({ input: process.stdin }).on('line', file => share(file).catch(report)).on('close', () => process.exit());
