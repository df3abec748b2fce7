import { all, expect, test } from './support/test.ts';

for (const width of all ? [360, 390] : [360]) {
  test(`on a phone ${width} px wide one pane is shown at a time, and nothing is wider than it`, async ({ brand, openWorkspace }) => {
    await brand.skill('Sales');
    const workspace = await openWorkspace(await brand.agent('Ada'), { browser: { viewport: { width, height: 740 }, hasTouch: true, isMobile: true } });
    const { page } = workspace;
    const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await workspace.state('Online');
    const ann = await brand.consumer();
    await ann.profile({ firstName: 'Anna-Maria-Magdalena', lastName: 'Wolfeschlegelsteinhausenbergerdorff' });
    const id = await ann.converse('Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft '.repeat(3));
    await expect(workspace.accept).toBeVisible();
    await fits();
    await workspace.accept.tap();
    await expect(workspace.composer).toBeVisible();
    await expect(page.getByRole('region', { name: 'My conversations' })).toBeHidden();
    await fits();
    await workspace.composer.fill('Hello');
    await page.getByRole('button', { name: 'Send' }).tap();
    await expect(workspace.message('Hello')).toBeVisible();
    await page.getByRole('button', { name: 'About the consumer' }).tap();
    await expect(page.getByRole('complementary', { name: 'About the consumer' })).toBeVisible();
    await fits();
    await page.getByRole('button', { name: 'Hide the details' }).tap();
    await expect(page.getByRole('complementary')).toHaveCount(0);
    await page.getByRole('button', { name: 'Back to the list' }).tap();
    await expect(page.getByRole('region', { name: 'My conversations' })).toBeVisible();
    await expect(workspace.composer).toBeHidden();
    await ann.say(id, 'One more thing');
    await page.getByRole('link', { name: /One more thing/ }).tap();
    await expect(workspace.message('One more thing')).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('region', { name: 'My conversations' })).toBeVisible();
    await page.getByRole('link', { name: /One more thing/ }).tap();
    await workspace.close.tap();
    await expect(page.getByText('This conversation is closed')).toBeVisible();
    await fits();
  });
}
