import type { Locator, Page } from '@playwright/test';

/** The consumer's window on a page, by the names that people read and hear. */
export class ConsumerWindow {
  readonly page: Page;
  readonly launcher: Locator;
  readonly panel: Locator;
  readonly composer: Locator;

  constructor(page: Page) {
    this.page = page;
    this.launcher = page.getByRole('button', { name: /^Open chat/ });
    this.panel = page.locator('parley-window').getByRole('dialog');
    this.composer = this.panel.getByRole('textbox', { name: 'Write a message' });
  }

  async open(): Promise<this> {
    await this.launcher.click();
    await this.composer.waitFor();
    return this;
  }

  /** The token that the window opens its socket with: for a program that looks at the same conversations. */
  async token(): Promise<string> {
    const kept = await this.page.evaluate(() => Object.entries({ ...localStorage }).map(([, value]) => value));
    const jwt = kept.map(value => /"jwt":"([^"]+)"/.exec(value)?.[1]).find(Boolean);
    if (!jwt) throw new Error('The window has kept no identity');
    return jwt;
  }

  /** Types a message and sends it. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Messages with this text. */
  message(text: string | RegExp): Locator {
    return this.panel.getByText(text, { exact: true });
  }

  /** What the window shows as messages, top to bottom, without names, times and states. */
  texts(): Promise<string[]> {
    return this.panel.locator('.entry .bubble').allInnerTexts();
  }

  /** All that was said, also what is made only when somebody reads back. */
  async allTexts(): Promise<string[]> {
    const entries = this.panel.locator('.entry');
    let made: number;
    do {
      made = await entries.count();
      await this.panel.getByRole('log').evaluate(async element => {
        element.scrollTop = 0;
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
      });
    } while (await entries.count() > made);
    return this.texts();
  }

  /** Chooses from the window's menu. */
  async choose(name: string): Promise<void> {
    await this.panel.getByRole('button', { name: 'More', exact: true }).click();
    await this.panel.getByRole('button', { name }).click();
  }

  /** Ends the conversation by the menu, and means it. */
  async end(): Promise<void> {
    await this.choose('End conversation');
    await this.panel.getByRole('group', { name: /End this conversation/ }).getByRole('button', { name: 'End conversation' }).click();
  }
}
