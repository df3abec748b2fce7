import { expect, type BrowserContext, type Page } from '@playwright/test';

/** What no page of ours may do, whatever a test is about. */
export class Watch {
  readonly found: string[] = [];
  readonly #hosts: ReadonlySet<string>;
  readonly #expected: RegExp[] = [];

  constructor(...origins: string[]) {
    this.#hosts = new Set(origins.map(origin => new URL(origin).host));
  }

  /** Says that this is meant to appear on the console in this test, e.g. a refused connection to a server that was killed. */
  expectConsole(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  async follow(context: BrowserContext): Promise<void> {
    await context.exposeBinding('parleyWatch', (_, text: string) => this.found.push(text));
    await context.addInitScript(() => {
      const report = (text: string) => (globalThis as unknown as { parleyWatch(text: string): void }).parleyWatch(text);
      document.addEventListener('securitypolicyviolation', event => report(`policy: ${event.effectiveDirective} kept out ${event.blockedURI} ${event.sample}`));
      addEventListener('unhandledrejection', event => report(`unhandled rejection: ${(event.reason as Error | undefined)?.stack ?? event.reason}`));
    });
    context.on('page', page => this.#page(page));
    context.on('request', request => {
      const url = new URL(request.url());
      if (!['data:', 'blob:'].includes(url.protocol) && !this.#hosts.has(url.host)) this.found.push(`request to another host: ${request.url()}`);
    });
  }

  check(): void {
    expect(this.found, 'what browsers complained about').toEqual([]);
  }

  #page(page: Page): void {
    page.on('pageerror', error => this.found.push(`page error: ${error.stack ?? error.message}`));
    page.on('console', message => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      const text = `console ${message.type()}: ${message.text()} (${message.location().url})`;
      if (!this.#expected.some(pattern => pattern.test(text))) this.found.push(text);
    });
    page.on('websocket', socket => {
      if (!this.#hosts.has(new URL(socket.url()).host)) this.found.push(`socket to another host: ${socket.url()}`);
    });
    page.on('crash', () => this.found.push('the page crashed'));
  }
}
