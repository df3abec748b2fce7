import { Frames } from './support/Frames.ts';
import { expect, test } from './support/test.ts';

test('the tutorial through two browsers', async ({ brand, openWindow, openWorkspace, browserOf }) => {
  const agent = await openWorkspace(await brand.agent('Ada'));
  await agent.state('Online');
  const visitor = await browserOf();

  const consumer = await (await openWindow({ context: visitor })).open();
  await consumer.say('Do you have these in size 42?');
  await expect(consumer.message('Do you have these in size 42?')).toBeVisible();

  await expect(agent.accept).toBeVisible();
  const blinks = await agent.accept.evaluate(button => button.getAnimations({ subtree: true }).some(animation => animation.playState === 'running'));
  expect(blinks, 'the Accept button blinks').toBe(true);
  await agent.takeRing();
  await expect(agent.rings).toHaveCount(0);
  await expect(agent.message('Do you have these in size 42?')).toBeVisible();

  await agent.composer.pressSequentially('Yes, ', { delay: 5 });
  await expect(consumer.panel.getByText('Ada is typing')).toBeVisible();
  await agent.say('Yes, two pairs are left.');
  await expect(consumer.message('Yes, two pairs are left.')).toBeVisible();
  await expect(consumer.panel.getByText('You are talking to Ada')).toBeVisible();
  await expect(agent.messages.getByText('Read', { exact: true })).toBeVisible();

  await consumer.page.close();
  await agent.say('you are away');
  await agent.say('and still away');
  await expect(agent.messages.getByText('Sent', { exact: true })).toBeVisible();

  const back = await openWindow({ context: visitor });
  // His window was open when he left.
  await expect(back.message('you are away')).toBeVisible();
  await expect(back.message('and still away')).toBeVisible();
  expect(await back.texts()).toEqual(['Do you have these in size 42?', 'Yes, two pairs are left.', 'you are away', 'and still away']);
  await expect(agent.messages.getByText('Read', { exact: true })).toBeVisible();

  await agent.closeConversation();
  await expect(back.panel.getByText('This conversation has ended')).toBeVisible();
  await expect(agent.composer).toHaveCount(0);
});

test('who closed the window sees what came meanwhile by the number at the launcher', async ({ brand, openWindow, browserOf }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const visitor = await browserOf();
  const consumer = await (await openWindow({ context: visitor })).open();
  await consumer.say('hello');
  const ring = await agent.anyRing();
  await agent.accept(ring.convId);
  await consumer.page.keyboard.press('Escape');
  await expect(consumer.launcher).toBeFocused();
  await agent.say(ring.convId, 'first');
  await expect(consumer.page.getByRole('button', { name: /1 unread message/ })).toBeVisible();
  await consumer.page.close();
  await agent.say(ring.convId, 'second');

  const back = await openWindow({ context: visitor });
  await expect(back.page.getByRole('button', { name: /2 unread messages/ })).toBeVisible();
  await back.launcher.click();
  await expect(back.message('second')).toBeVisible();
  expect(await back.texts()).toEqual(['hello', 'first', 'second']);
  await agent.frames.inbox.until('the receipt of both', () => agent.frames.notifications
    .filter(frame => frame.body?.event?.status === 'READ').flatMap(frame => frame.body.event.sequenceList as number[]).includes(2) || undefined);
});

// The frames that the platform's tutorial has its reader type, character by character.
const create = '{"kind":"req","id":1,"type":"cm.ConsumerRequestConversation"}';
const subscribe = (id: string) => `{"kind":"req","id":"22","body":{"fromSeq":0,"dialogId":"${id}"},"type":"ms.SubscribeMessagingEvents"}`;

test('the tutorial as it is written: a consumer who types frames, an agent at the workspace', async ({ server, brand, openWorkspace }) => {
  const agent = await openWorkspace(await brand.agent('Ada'));
  await agent.state('Online');
  const { jwt } = await (await fetch(`${server.url}/api/account/${brand.account}/signup`, { method: 'POST' })).json() as { jwt: string };
  const consumerId = (JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64').toString()) as { sub: string }).sub;
  const socket = await Frames.open('wscat', `${server.url.replace('http', 'ws')}/ws_api/account/${brand.account}/messaging/consumer?v=3`, { Authorization: `jwt ${jwt}` });
  try {
    socket.write(create);
    const created = await socket.inbox.first('the new conversation', ({ reqId }) => reqId === '1');
    expect(created).toMatchObject({ kind: 'resp', code: 200, type: 'cm.RequestConversationResponse' });
    const { conversationId } = created.body as { conversationId: string };

    await agent.takeRing();
    await agent.say('message from the agent');
    await agent.say('and another');
    await expect(agent.messages.getByText('Sent', { exact: true })).toBeVisible();

    socket.write(subscribe(conversationId));
    const subscribed = await socket.inbox.first('the subscription', ({ reqId }) => reqId === '22');
    expect(subscribed).toMatchObject({ code: 200, type: '.ams.GenericSubscribeResponse' });
    const changes = () => socket.notifications.filter(({ type }) => type === 'ms.MessagingEventNotification').flatMap(({ body }) => body.changes as { originatorId: string; event: { message?: string } }[]);
    await socket.inbox.until('both messages', () => changes().filter(({ event }) => event.message !== undefined).length === 2 || undefined);
    expect(changes().filter(({ event }) => event.message !== undefined).map(({ event }) => event.message)).toEqual(['message from the agent', 'and another']);
    expect(changes().every(({ originatorId }) => originatorId !== consumerId)).toBe(true);

    socket.write('{"kind":"req","id":"33","body":{"convState":["OPEN","CLOSE"]},"type":"cqm.SubscribeExConversations"}');
    await agent.closeConversation();
    await socket.inbox.first('the end', ({ type, body }) => type === 'cqm.ExConversationChangeNotification'
      && (body.changes as { result: { conversationDetails: { state: string } } }[]).some(({ result }) => result.conversationDetails.state === 'CLOSE'));
  } finally {
    socket.close();
  }
});
