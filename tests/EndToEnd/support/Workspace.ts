import { expect, type Locator, type Page } from '@playwright/test';
import type { Login } from './Brand.ts';

/** The agents' workspace, by the names that people read and hear. */
export class Workspace {
  readonly page: Page;
  readonly ring: Locator;
  readonly accept: Locator;
  readonly composer: Locator;
  readonly messages: Locator;
  readonly close: Locator;
  readonly #server: string;

  constructor(page: Page, server: string) {
    this.page = page;
    this.#server = server;
    this.ring = page.getByRole('region', { name: 'Rings' }).getByRole('article');
    this.accept = page.getByRole('button', { name: 'Accept' });
    this.composer = page.getByRole('textbox', { name: /^(Message|Write)/ });
    this.messages = page.getByRole('feed', { name: 'Messages' });
    this.close = page.getByRole('button', { name: 'Close conversation' });
  }

  async logIn({ account, login, password }: Login): Promise<void> {
    const { page } = this;
    await page.goto(`${this.#server}/workspace?account=${account}`);
    await page.getByLabel('Account').fill(account);
    await page.getByLabel('Login name').fill(login);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByRole('navigation', { name: 'Workspace' })).toBeVisible();
  }

  async state(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Your state/ }).click();
    await this.page.getByRole('menuitemradio', { name }).click();
    await expect(this.page.getByRole('button', { name: `Your state: ${name}` })).toBeVisible();
  }

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
}
