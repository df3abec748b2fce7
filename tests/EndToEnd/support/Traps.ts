import { expect, type BrowserContext, type Page } from '@playwright/test';

/** Notes whatever ran, asked, or led away because of a text. */
export class Traps {
  readonly sprung: string[] = [];
  readonly #pages: Page[] = [];

  async follow(context: BrowserContext): Promise<void> {
    await context.exposeBinding('pwned', ({ page }) => this.sprung.push(`ran on ${page.url()}`));
    context.on('page', page => this.#watch(page));
    context.pages().forEach(page => this.#watch(page));
  }

  /** Looks at all that is on the pages now. */
  async check(what: string): Promise<void> {
    for (const page of this.#pages.filter(page => !page.isClosed())) this.sprung.push(...(await page.evaluate(inspect)).map(found => `${page.url()}: ${found}`));
    expect(this.sprung, what).toEqual([]);
  }

  #watch(page: Page): void {
    this.#pages.push(page);
    page.on('dialog', dialog => {
      this.sprung.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('popup', popup => this.sprung.push(`opened ${popup.url()}`));
    page.on('framenavigated', frame => {
      if (!/^(https?:\/\/127\.0\.0\.1:|about:blank$)/.test(frame.url())) this.sprung.push(`led to ${frame.url()}`);
    });
  }
}

/** In the page: elements and attributes that no text of ours may become. */
function inspect(): string[] {
  const found: string[] = [];
  const visit = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll('*')) {
      const told = element.outerHTML.slice(0, 120);
      for (const name of element.getAttributeNames()) if (name.startsWith('on')) found.push(`handler ${name}: ${told}`);
      for (const name of ['href', 'src', 'action', 'formaction', 'data', 'xlink:href', 'srcset', 'poster']) {
        const value = element.getAttribute(name);
        if (value === null) continue;
        let protocol = '';
        try {
          protocol = new URL(value, 'https://relative.example').protocol;
        } catch {
          protocol = 'unreadable:';
        }
        const isPicture = element.localName === 'img' && (protocol === 'blob:' || /^data:image\//i.test(value));
        if (!['http:', 'https:', 'mailto:', 'tel:'].includes(protocol) && !isPicture && value !== 'data:,') found.push(`address ${name}=${value.slice(0, 80)}: ${told}`);
      }
      if (['iframe', 'object', 'embed', 'base', 'marquee', 'xss', 'math', 'foreignobject', 'animate'].includes(element.localName.toLowerCase())) found.push(`element: ${told}`);
      if (element.localName === 'script' && !(element as HTMLScriptElement).src) found.push(`inline script: ${told}`);
      if (element instanceof HTMLAnchorElement && element.target === '_blank' && !/noopener/.test(element.rel)) found.push(`no noopener: ${told}`);
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
  if (({} as Record<string, unknown>)['innerHTML'] !== undefined) found.push('Object.prototype was written to');
  return found;
}
