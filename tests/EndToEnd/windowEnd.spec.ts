import { expect, test } from './support/test.ts';

test('two taps at the end: how it was, and whether it helped', async ({ brand, openWindow, browserOf }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const context = await browserOf();
  const window = await (await openWindow({ context })).open();
  await window.say('thank you');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  await agent.say(convId, 'you are welcome');
  await agent.end(convId);
  await expect(window.panel.getByText('This conversation has ended')).toBeVisible();
  const rating = window.panel.getByRole('group', { name: 'How did we do?' });
  await rating.getByRole('button', { name: 'Good', exact: true }).click();
  const solved = window.panel.getByRole('group', { name: 'Is your question answered?' });
  await expect(solved.getByRole('button', { name: 'Yes' })).toBeFocused();
  await window.page.keyboard.press('Enter');
  await expect(window.panel.getByRole('group', { name: 'Thank you for telling us!' })).toBeFocused();
  const reader = await brand.consumer(await window.token());
  await expect.poll(async () => (await reader.conversations())[0]!.conversationDetails.csat).toMatchObject({ csatRate: 4, csatResolutionConfirmation: true, status: 'FILLED' });

  // The next message begins another conversation; the former is read above it.
  await window.say('one more thing');
  await expect(window.panel.getByText('Sent', { exact: true })).toBeVisible();
  await window.page.reload();
  await expect(window.message('one more thing')).toBeVisible();
  await expect(window.message('you are welcome')).toBeVisible();
  await expect(window.panel.getByRole('group', { name: 'How did we do?' })).toHaveCount(0);
  expect(await window.texts()).toEqual(['thank you', 'you are welcome', 'one more thing']);
  expect(await reader.conversations()).toHaveLength(2);
});

test('who does not want to rate is not asked again', async ({ brand, openWindow }) => {
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const window = await (await openWindow()).open();
  await window.say('hello');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  await agent.say(convId, 'bye');
  await expect(window.message('bye')).toBeVisible();
  await window.end();
  await window.panel.getByRole('button', { name: 'Not now' }).click();
  await expect(window.panel.getByRole('group', { name: 'How did we do?' })).toHaveCount(0);
  await window.page.reload();
  await expect(window.message('bye')).toBeVisible();
  await expect(window.panel.getByText('This conversation has ended')).toBeVisible();
  await expect(window.panel.getByRole('group', { name: 'How did we do?' })).toHaveCount(0);
});

test('a survey goes on in the same window, with quick replies, and replaces the rating', async ({ brand, openWindow }) => {
  const bot = await brand.agent('Pollster');
  await brand.set({ surveys: { '*': { agent: bot.login } } });
  const asker = await brand.agentSocket(bot);
  const agent = await brand.agentSocket(await brand.agent('Ada'));
  await agent.state('ONLINE');
  const window = await (await openWindow()).open();
  await window.say('hello');
  const { convId } = await agent.anyRing();
  await agent.accept(convId);
  await agent.say(convId, 'hello yourself');
  await expect(window.message('hello yourself')).toBeVisible();
  await agent.update(convId, { field: 'DialogChange', type: 'UPDATE', dialog: { dialogId: convId, state: 'CLOSE' } });
  const reader = await brand.consumer(await window.token());
  const survey = async () => (await reader.conversations())[0]!.conversationDetails.dialogs.find(dialog => dialog.dialogType === 'POST_SURVEY')?.dialogId;
  await expect.poll(survey).toBeTruthy();
  const surveyId = (await survey())!;
  await asker.publish(surveyId, {
    type: 'ContentEvent', contentType: 'text/plain', message: 'Would you come again?',
    quickReplies: { type: 'quickReplies', itemsPerRow: 2, replies: ['Yes', 'No'].map(title => ({ type: 'button', title, click: { actions: [{ type: 'publishText', text: title }] } })) },
  });
  await expect(window.message('Would you come again?')).toBeVisible();
  await window.panel.getByRole('group', { name: 'Suggested replies' }).getByRole('button', { name: 'Yes' }).click();
  await expect.poll(() => reader.texts(surveyId)).toEqual(['Would you come again?', 'Yes']);
  await window.say('and it was quick');
  await expect.poll(() => reader.texts(surveyId)).toEqual(['Would you come again?', 'Yes', 'and it was quick']);
  await asker.update(convId, { field: 'DialogChange', type: 'UPDATE', dialog: { dialogId: surveyId, state: 'CLOSE' } });
  await expect(window.panel.getByText('This conversation has ended')).toBeVisible();
  await expect(window.panel.getByRole('group', { name: 'How did we do?' })).toHaveCount(0);
  expect(await window.texts()).toEqual(['hello', 'hello yourself', 'Would you come again?', 'Yes', 'and it was quick']);
});
