import { expect, type Locator, type Page } from '@playwright/test';
import type { Login } from './Brand.ts';

/** The agents' workspace, by the names that people read and hear. */
export class Workspace {
  readonly page: Page;
  readonly rings: Locator;
  readonly accept: Locator;
  readonly list: Locator;
  readonly composer: Locator;
  readonly note: Locator;
  readonly messages: Locator;
  /** The button in the conversation, not that of the question it asks. */
  readonly close: Locator;
  readonly #server: string;

  constructor(page: Page, server: string) {
    this.page = page;
    this.#server = server;
    this.rings = page.getByRole('region', { name: 'Rings' }).getByRole('article');
    this.accept = this.rings.getByRole('button', { name: /^Accept/ });
    this.list = page.getByRole('list', { name: /conversations$/ });
    this.composer = page.getByRole('textbox', { name: 'Message', exact: true });
    this.note = page.getByRole('textbox', { name: 'Private note', exact: true });
    this.messages = page.getByRole('feed', { name: 'Messages' });
    this.close = page.getByRole('main').getByRole('banner').or(page.locator('.conversation-head')).getByRole('button', { name: /^Close conversation/ });
  }

  async logIn({ account, login, password }: Login): Promise<void> {
    const { page } = this;
    await page.goto(`${this.#server}/workspace?account=${account}`);
    const field = page.getByLabel('Account', { exact: true });
    if (await field.inputValue() !== account) await field.fill(account);
    await page.getByLabel('Login name').fill(login);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByRole('navigation', { name: 'Workspace' })).toBeVisible();
  }

  /** Says how available he is. */
  async state(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Your state/ }).click();
    await this.page.getByRole('menuitemradio', { name: new RegExp(`^${name}`) }).first().click();
    await expect(this.page.getByRole('button', { name: `Your state: ${name}` })).toBeVisible();
  }

  /** Takes what rings. */
  async takeRing(): Promise<void> {
    await this.accept.first().click();
    await this.composer.waitFor();
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  message(text: string | RegExp): Locator {
    return this.messages.getByText(text, { exact: true });
  }

  /** What the conversation shows as texts, top to bottom. */
  texts(): Promise<string[]> {
    return this.messages.locator('.bubble-text').allInnerTexts();
  }

  async closeConversation(): Promise<void> {
    await this.close.click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Close conversation' }).click();
  }
}
