import { all, expect, test } from './support/test.ts';

test('two agents accept the same ring: one has it, and both screens are right within a second', async ({ brand, openWorkspace }) => {
  const skill = await brand.skill('Sales', { ringAgents: 2 });
  const workspaces = await Promise.all(['Ada', 'Ben'].map(async name => {
    const workspace = await openWorkspace(await brand.agent(name, { skills: [{ id: skill }] }));
    await workspace.state('Online');
    return workspace;
  }));
  for (let round = 1; round <= (all ? 20 : 2); round++) {
    const consumer = await brand.consumer();
    const question = `Is somebody there? ${round}`;
    const id = await consumer.converse(question, { skillId: skill });
    for (const { accept } of workspaces) await expect(accept).toBeVisible();
    // Both press before either sees that the other has.
    const buttons = await Promise.all(workspaces.map(({ accept }) => accept.elementHandle()));
    await Promise.all(buttons.map(button => button!.evaluate(element => (element as HTMLElement).click())));

    // The second holds on a machine that has nothing else to do; in the sample other browsers run beside this one.
    const within = { timeout: all ? 1_000 : 8_000 };
    await expect(async () => {
      const having = await Promise.all(workspaces.map(({ messages }) => messages.getByText(question, { exact: true }).isVisible()));
      expect(having.filter(Boolean)).toHaveLength(1);
      for (const { rings } of workspaces) expect(await rings.count()).toBe(0);
    }).toPass({ ...within, intervals: [20] });
    const [winner, loser] = await workspaces[0]!.messages.getByText(question, { exact: true }).isVisible() ? workspaces : [...workspaces].reverse();
    await expect(winner!.composer).toBeVisible(within);
    // A word says who has it.
    await expect(loser!.page.getByRole('status').or(loser!.page.getByRole('alert')).getByText(/took|taken|accepted|has it|already|else/i).first()).toBeVisible(within);
    await expect(loser!.page.getByRole('link', { name: question })).toHaveCount(0);

    const record = (await consumer.conversations()).find(({ convId }) => convId === id)!;
    expect(record.conversationDetails.participants.filter(({ role }) => role === 'ASSIGNED_AGENT')).toHaveLength(1);
    await winner!.closeConversation();
    await expect(winner!.composer).toHaveCount(0);
  }
});

test('a ring that is rejected goes to the next agent, and one that ends disappears', async ({ brand, openWorkspace }) => {
  const [ada, ben] = await Promise.all(['Ada', 'Ben'].map(async name => openWorkspace(await brand.agent(name))));
  await ada!.state('Online');
  const consumer = await brand.consumer();
  const id = await consumer.converse('Who is there?');
  await expect(ada!.accept).toBeVisible();
  await ben!.state('Online');
  await ada!.rings.getByRole('button', { name: /^Reject/ }).click();
  await expect(ben!.accept).toBeVisible();
  await expect(ada!.rings).toHaveCount(0);
  await consumer.update(id, { field: 'ConversationStateField', conversationState: 'CLOSE' });
  await expect(ben!.rings).toHaveCount(0);
});
