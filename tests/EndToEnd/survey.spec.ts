import { expect, test } from './support/test.ts';

interface Dialog {
  readonly dialogId: string;
  readonly dialogType: string;
  readonly state: string;
}

test('a bot asks after the conversation, the consumer answers in his window', async ({ brand, openWindow, openWorkspace }) => {
  const asker = await brand.agent('Survey', { userType: 'bot', skills: [{ id: await brand.skill('Surveys') }] });
  await brand.set({ surveys: { '*': { agent: asker.login } } });
  const bot = await brand.agentSocket(asker);
  await bot.frames.request('.ams.aam.SubscribeExConversations', { convState: ['OPEN', 'CLOSE'], agentIds: [bot.agentId] });
  const agent = await openWorkspace(await brand.agent('Ada'));
  await agent.state('Online');
  const consumer = await (await openWindow()).open();
  await consumer.say('hello');
  await agent.takeRing();
  await agent.say('Good day!');
  await expect(consumer.message('Good day!')).toBeVisible();

  await consumer.end();
  const dialogs = () => bot.frames.notifications.filter(frame => frame.type === '.ams.aam.ExConversationChangeNotification')
    .flatMap(frame => frame.body.changes as { result: { convId: string; conversationDetails: { dialogs: Dialog[]; stage: string } } }[]).map(change => change.result);
  const [conversation, survey] = await bot.frames.inbox.until('the survey', () => {
    const asking = dialogs().findLast(({ conversationDetails }) => conversationDetails.dialogs.some(({ dialogType, state }) => dialogType === 'POST_SURVEY' && state === 'OPEN'));
    return asking && ([asking.convId, asking.conversationDetails.dialogs.find(({ dialogType }) => dialogType === 'POST_SURVEY')!.dialogId] as const);
  });
  const answers = ['Very', 'Somewhat', 'Not at all'];
  await bot.publish(survey, {
    type: 'ContentEvent', contentType: 'text/plain', message: 'How happy are you?',
    quickReplies: { type: 'quickReplies', itemsPerRow: 3, replies: answers.map(title => ({ type: 'button', title, click: { actions: [{ type: 'publishText', text: title }], metadata: [{ type: 'ExternalId', id: title }] } })) },
  });
  await expect(consumer.message('How happy are you?')).toBeVisible();
  await expect(consumer.panel.getByRole('group', { name: 'How did we do?' }), 'the bot asks, the window does not').toHaveCount(0);
  await consumer.panel.getByRole('button', { name: 'Somewhat' }).click();
  const answer = await bot.frames.inbox.first('the answer', frame => frame.body?.dialogId === survey && frame.body.event.message === 'Somewhat');
  expect(answer.body.metadata).toEqual([{ type: 'ExternalId', id: 'Somewhat' }]);

  await bot.publish(survey, { type: 'ContentEvent', contentType: 'text/plain', message: 'And why?' });
  await expect(consumer.message('And why?')).toBeVisible();
  await consumer.say('It took a while.');
  await bot.frames.inbox.first('the words', frame => frame.body?.dialogId === survey && frame.body.event.message === 'It took a while.');
  await bot.publish(survey, { type: 'ContentEvent', contentType: 'text/plain', message: 'Thank you!' });
  await bot.update(conversation, { field: 'DialogChange', type: 'UPDATE', dialog: { dialogId: survey, state: 'CLOSE', closedCause: 'Survey filled in' } });
  await expect(consumer.message('Thank you!')).toBeVisible();
  await expect(consumer.panel.getByText('Write again any time to begin a new one.')).toBeVisible();

  // What he writes now begins another conversation.
  await consumer.say('one more thing');
  await agent.takeRing();
  await expect(agent.message('one more thing')).toBeVisible();
});

test('two taps say how it was; both are with the conversation', async ({ brand, openWindow, openWorkspace }) => {
  const agent = await openWorkspace(await brand.agent('Ada'));
  await agent.state('Online');
  const consumer = await (await openWindow()).open();
  await consumer.say('hello');
  await agent.takeRing();
  await agent.say('Good day!');
  await expect(consumer.message('Good day!')).toBeVisible();
  await agent.closeConversation();

  await consumer.panel.getByRole('group', { name: 'How did we do?' }).getByRole('button', { name: 'Good', exact: true }).click();
  await consumer.panel.getByRole('group', { name: 'Is your question answered?' }).getByRole('button', { name: 'Yes' }).click();
  await expect(consumer.panel.getByText('Thank you for telling us!')).toBeVisible();
  await expect(agent.page.getByText('Rated 4 of 5.')).toBeVisible();
  const reader = await brand.consumer(await consumer.token());
  await expect(async () => {
    expect((await reader.conversations())[0]!.conversationDetails.csat).toEqual({ csatRate: 4, csatResolutionConfirmation: true, status: 'FILLED' });
  }).toPass();

  await consumer.page.reload();
  await expect(consumer.message('Good day!')).toBeVisible();
  await expect(consumer.panel.getByRole('group', { name: 'How did we do?' }), 'asked once').toHaveCount(0);
});
