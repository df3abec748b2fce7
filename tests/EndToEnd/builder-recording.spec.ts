import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Brand, Login } from './support/Brand.ts';
import { Builder } from './support/Builder.ts';
import { expect, test } from './support/test.ts';

const run = promisify(execFile);
const parley = resolve(process.env.PARLEY || join(import.meta.dirname, '../../artifacts/parley/parley'));
const stockWscat = join(import.meta.dirname, '../Clients/node_modules/wscat/bin/wscat');

/** Plays a conversation of two in the builder and gives it as a script. */
async function record(builder: Builder, brand: Brand, agent: Login): Promise<string> {
  await builder.connectConsumer(brand.account);
  await expect(builder.frames('Consumer 1', /^answer/).last()).toContainText('OK Connection initialized');
  await builder.connectAgent(agent);
  await builder.log.getByRole('button', { name: 'Record' }).click();
  await builder.ask('.ams.routing.SubscribeRoutingTasks', 'Agent 1');
  await builder.ask('.ams.routing.SetAgentState', 'Agent 1');
  await builder.ask('cm.ConsumerRequestConversation', 'Consumer 1');
  await expect(builder.frames('Agent 1', /^notification/).filter({ hasText: 'RoutingTaskNotification' }).last()).toContainText('ring WAITING');
  await builder.ask('.ams.routing.UpdateRingState', 'Agent 1');
  await builder.ask('.ams.ms.PublishEvent', 'Agent 1', frame => ({ ...frame, body: { ...frame.body, event: { ...frame.body.event, message: "It's $HOME, `not` \"home\"" } } }));
  await builder.ask('ms.SubscribeMessagingEvents', 'Consumer 1');
  await builder.ask('.ams.cm.UpdateConversationField', 'Agent 1');
  await builder.log.getByRole('button', { name: /^Stop recording/ }).click();
  return builder.save('wscat script');
}

for (const wscat of ['parley shell', 'the wscat that everybody has'] as const) {
  test(`a recording plays again with ${wscat}`, async ({ server, brand, browserOf }) => {
    test.skip(wscat !== 'parley shell' && !existsSync(stockWscat), 'tests/Clients is not installed');
    const ada = await brand.agent('Ada');
    const builder = await new Builder(await (await browserOf()).newPage()).open(server.url);
    const script = await record(builder, brand, ada);
    await builder.page.close();

    // Other people play it: a consumer and a bearer that it has never seen.
    const consumer = await brand.consumer();
    const { bearer } = await brand.agentSocket(ada);
    const folder = await mkdtemp(join(tmpdir(), 'parley-recording-'));
    const file = join(folder, 'conversation.sh');
    try {
      await writeFile(file, script);
      await chmod(file, 0o755);
      const own = { LP_ACCOUNT: brand.account, LP_JWT: consumer.jwt, LP_BEARER: bearer };
      let played: string;
      if (wscat === 'parley shell') {
        const variables = Object.entries(own).map(([name, value]) => `${name}='${value}'`).join(' ');
        played = (await run(parley, ['shell', '--data', server.data, '--command', `${variables} bash '${file}'`])).stdout;
      } else {
        await symlink(stockWscat, join(folder, 'wscat'));
        played = (await run('bash', [file], { env: { ...process.env, ...(await server.environment()), ...own, PATH: `${folder}:${process.env.PATH}` } })).stdout;
      }
      expect(played).toContain('Played to the end.');
      const conversations = await consumer.conversations();
      expect(conversations.map(({ conversationDetails }) => conversationDetails.stage)).toEqual(['CLOSE']);
      expect(await consumer.texts(conversations[0]!.convId)).toEqual(["It's $HOME, `not` \"home\""]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
