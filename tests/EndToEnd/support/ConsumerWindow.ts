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
}
