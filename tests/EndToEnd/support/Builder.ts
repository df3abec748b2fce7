import { expect, type Locator, type Page } from '@playwright/test';
import type { Login } from './Brand.ts';

/** The message builder on a page. */
export class Builder {
  readonly page: Page;
  readonly json: Locator;
  readonly form: Locator;
  readonly log: Locator;

  constructor(page: Page) {
    this.page = page;
    this.json = page.getByRole('textbox', { name: 'Frame as JSON' });
    this.form = page.getByRole('region', { name: 'Form' });
    this.log = page.getByRole('region', { name: 'Frames' });
  }

  async open(server: string, hash = ''): Promise<this> {
    await this.page.goto(`${server}/builder${hash}`);
    await this.page.getByRole('navigation', { name: 'Messages' }).waitFor();
    return this;
  }

  /** Chooses a message by a name it has on the wire. */
  async choose(type: string): Promise<void> {
    const search = this.page.getByRole('searchbox', { name: 'Search messages' });
    await search.fill(type);
    await search.press('Enter');
    await expect(this.page.locator('#message-title')).toBeVisible();
    // On a phone the messages have made room for what was chosen.
    if (await search.isVisible()) await search.fill('');
  }

  async send(): Promise<void> {
    await this.page.getByRole('button', { name: 'Send', exact: true }).click();
  }

  /** Chooses, changes the JSON where that is asked for, sends, and waits for the answer. */
  async ask(type: string, connection: string, change: (frame: any) => unknown = frame => frame): Promise<Locator> {
    await this.choose(type);
    await this.page.getByRole('combobox', { name: 'Connection to send to' }).selectOption(connection);
    await this.json.fill(JSON.stringify(await change(JSON.parse(await this.json.inputValue())), null, 2));
    const answer = this.frames(connection, /^answer|^error/).last();
    // Rows far above are not drawn, so they are told apart by their numbers, not counted.
    const before = (await this.frames(connection, /^answer|^error/).count()) > 0 ? await answer.getAttribute('data-row') : '';
    await this.send();
    await expect(answer).not.toHaveAttribute('data-row', before!);
    return answer;
  }

  /** The lines of the log that are about a connection and begin with a kind. */
  frames(connection: string, kind: RegExp): Locator {
    return this.log.getByRole('listitem').filter({ hasText: connection }).filter({ has: this.page.locator('.b-frame-kind', { hasText: new RegExp(kind.source.replaceAll('^', String.raw`^\s*`)) }) });
  }

  /** Opens a frame of the log, which then says all about itself. */
  async look(frame: Locator): Promise<Locator> {
    await frame.locator('button').first().click();
    return frame;
  }

  async connectConsumer(account: string, byHand = false): Promise<void> {
    await this.page.getByRole('button', { name: 'Connect', exact: true }).click();
    await this.page.getByRole('textbox', { name: 'Account' }).fill(account);
    if (byHand) await this.page.getByRole('checkbox', { name: 'I send InitConnection myself' }).check();
    await this.page.getByRole('button', { name: 'New anonymous consumer' }).click();
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }

  async connectAgent({ account, login, password }: Login): Promise<void> {
    await this.page.getByRole('button', { name: 'Connect', exact: true }).click();
    await this.page.getByRole('tab', { name: 'As an agent or bot' }).click();
    await this.page.getByRole('textbox', { name: 'Account' }).fill(account);
    await this.page.getByRole('textbox', { name: 'Login name' }).fill(login);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Log in', exact: true }).click();
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }

  /** Saves in one of the offered forms and gives the file's text. */
  async save(form: 'wscat script' | 'Lines to paste' | 'JSON'): Promise<string> {
    await this.log.getByRole('button', { name: /^Save/ }).click();
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: form }).click();
    const stream = await (await download).createReadStream();
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return Buffer.concat(parts).toString('utf8');
  }

  /** What "Copy as" puts on the clipboard. */
  async copy(form: string): Promise<string> {
    await this.page.getByRole('button', { name: 'Copy as', exact: true }).click();
    await this.page.getByRole('menuitem', { name: form }).click();
    await expect(this.page.locator('.ui-toast', { hasText: 'is on the clipboard' }).last()).toBeVisible();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }
}
