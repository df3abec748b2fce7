import { expect, test } from './support/test.ts';

test('a conversation goes to a skill, to a colleague, and back to the queue', async ({ brand, openWorkspace, openWindow }) => {
  const sales = await brand.skill('Sales');
  const support = await brand.skill('Support');
  const ada = await openWorkspace(await brand.agent('Ada', { skills: [{ id: sales }] }));
  const ben = await openWorkspace(await brand.agent('Ben', { skills: [{ id: support }] }));
  await ada.state('Online');
  await ben.state('Online');
  const consumer = await (await openWindow({ attributes: { skill: sales } })).open();
  await consumer.say('My shoes are too small.');
  await ada.takeRing();
  await ada.say('I ask a colleague.');

  // To the skill that Ben has.
  await ada.page.getByRole('button', { name: /^Transfer/ }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByText('Support').click();
  await confirmIfAsked(ada.page);
  await expect(dialog).toHaveCount(0);
  await ben.takeRing();
  await expect(ben.message('My shoes are too small.')).toBeVisible();
  await expect(ben.message('I ask a colleague.')).toBeVisible();
  await ben.say('Ben here, I send you a label.');
  await expect(consumer.message('Ben here, I send you a label.')).toBeVisible();
  await expect(consumer.panel.getByText('You are talking to Ben')).toBeVisible();
  await expect(ada.composer).toHaveCount(0);

  // To Ada in person, who lacks the skill.
  await ben.page.getByRole('button', { name: /^Transfer/ }).click();
  await ben.page.getByRole('dialog').getByRole('tab', { name: /^(Colleague|Agent)/ }).click();
  await ben.page.getByRole('dialog').getByText('Ada').click();
  await confirmIfAsked(ben.page);
  await ada.takeRing();
  await ada.say('Ada again.');
  await expect(consumer.message('Ada again.')).toBeVisible();

  // Back to the queue: it rings where the skill is.
  await ada.page.getByRole('button', { name: 'More', exact: true }).click();
  await ada.page.getByRole('menuitem', { name: /^Back to queue/ }).click();
  await expect(ben.accept).toBeVisible();
  await expect(ada.composer).toHaveCount(0);
  await ben.takeRing();
  await ben.closeConversation();
  await expect(consumer.panel.getByText('This conversation has ended')).toBeVisible();
  expect(await consumer.texts()).toEqual(['My shoes are too small.', 'I ask a colleague.', 'Ben here, I send you a label.', 'Ada again.']);
});

async function confirmIfAsked(page: import('@playwright/test').Page): Promise<void> {
  const button = page.getByRole('dialog').getByRole('button', { name: /^(Transfer|Hand over|Hand on)/ });
  if (await button.count() > 0) await button.click();
}

// Records name an agent to whom a conversation is only handed by `account.number`; his card was asked for under that, in vain, and he had no name.
test('a manager reads by name of whom a conversation waits for', async ({ server, brand, openWorkspace }) => {
  const adas = await brand.agent('Ada');
  const bens = await brand.agent('Ben');
  const ada = await brand.agentSocket(adas);
  await ada.state('ONLINE');
  const id = await (await brand.consumer()).converse('My shoes are too small.');
  await ada.accept(id);
  const ben = await brand.agentSocket(bens);
  await ben.state('ONLINE');
  const { page } = await openWorkspace(await brand.agent('Marta', { role: 'manager' }));
  await ada.update(id, { field: 'ParticipantsChange', type: 'REMOVE', role: 'ASSIGNED_AGENT' }, { field: 'ParticipantsChange', type: 'SUGGEST', role: 'ASSIGNED_AGENT', userId: ben.agentId });
  await page.goto(`${server.url}/workspace/conversations/${id}`);
  await expect(page.getByText('Waits for Ben to accept it.')).toBeVisible();
});
