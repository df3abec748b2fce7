import type { BrowserContext } from '@playwright/test';
import { IdentityProvider } from './support/IdentityProvider.ts';
import { expect, test } from './support/test.ts';

const ann = { sub: 'customer-17', given_name: 'Ann', family_name: 'Smith', email: 'ann@example.com', lp_sdes: [{ type: 'ctmrinfo', info: { customerId: 'C-17', ctype: 'gold' } }] };
const attributes = { token: 'parleyToken', connector: 'web' };

/** What pages of the brand give when they are asked for a token. */
const answer = (context: BrowserContext, token: () => string | null) => context.exposeFunction('parleyToken', token);

test('an agent sees who is signed in at the brand, and the page is asked again when the token has expired', async ({ brand, browserOf, openWindow, openWorkspace }) => {
  const provider = await IdentityProvider.of(brand, 'web');
  const agent = await openWorkspace(await brand.agent('Ada'));
  await agent.state('Online');
  const context = await browserOf();
  const given: string[] = [];
  await answer(context, () => {
    given.push(provider.token(ann, given.length === 0 ? 6 : 3600));
    return given.at(-1)!;
  });
  const window = await (await openWindow({ context, attributes })).open();
  await window.say('hello');
  await agent.takeRing();
  await expect(agent.page.getByRole('heading', { name: 'Ann Smith' }).first()).toBeVisible();
  const details = agent.page.getByRole('complementary', { name: 'About the consumer' });
  await expect(details.getByRole('link', { name: 'ann@example.com' })).toBeVisible();
  await expect(details.getByRole('group').filter({ hasText: 'Confirmed by the brand' })).toContainText('C-17');

  await expect.poll(() => given.length, { timeout: 20_000 }).toBe(2);
  await window.say('still me');
  await expect(agent.message('still me')).toBeVisible();
  await agent.say('Welcome back');
  await expect(window.message('Welcome back')).toBeVisible();
  expect(await window.texts()).toEqual(['hello', 'still me', 'Welcome back']);
  await expect(agent.list.getByRole('link')).toHaveCount(1);
  expect(given).toHaveLength(2);
});

test('signed in on another device, a customer has his conversation, which he began before he signed in', async ({ brand, browserOf, openWindow, openWorkspace }) => {
  const provider = await IdentityProvider.of(brand, 'web');
  const agent = await openWorkspace(await brand.agent('Ada'));
  await agent.state('Online');
  const context = await browserOf();
  let isSignedIn = false;
  await answer(context, () => (isSignedIn ? provider.token(ann) : null));
  const window = await (await openWindow({ context, attributes })).open();
  await window.say('who I am comes later');
  await agent.takeRing();
  const name = agent.page.getByRole('heading', { name: 'Ann Smith' }).first();
  await expect(agent.message('who I am comes later')).toBeVisible();
  await expect(name).toHaveCount(0);

  isSignedIn = true;
  await window.page.evaluate(() => globalThis.window.Parley!.signIn((globalThis as unknown as { parleyToken(): Promise<string | null> }).parleyToken));
  await window.say('now you know');
  await expect(agent.message('now you know')).toBeVisible();
  await expect(name).toBeVisible();
  await expect(agent.list.getByRole('link')).toHaveCount(1);

  const phone = await browserOf({ viewport: { width: 390, height: 844 } });
  await answer(phone, () => provider.token(ann));
  const onPhone = await (await openWindow({ context: phone, attributes })).open();
  await expect(onPhone.message('now you know')).toBeVisible();
  expect(await onPhone.texts()).toEqual(['who I am comes later', 'now you know']);

  // The browser that he signs out in is somebody else's.
  await window.page.evaluate(() => globalThis.window.Parley!.signOut());
  await expect(window.message('now you know')).toHaveCount(0);
  await expect(onPhone.message('now you know')).toBeVisible();
});

test('a token of a key that the connector does not know lets nobody in, and the window says that it cannot connect', async ({ brand, watch, browserOf, openWindow }) => {
  watch.expectConsole(/401/);
  await IdentityProvider.of(brand, 'web');
  const context = await browserOf();
  await answer(context, () => IdentityProvider.unknown().token(ann));
  const window = await (await openWindow({ context, attributes })).open();
  await expect(window.panel.getByRole('button', { name: 'Try again' })).toBeVisible();
  expect(await window.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('jwt');
});
