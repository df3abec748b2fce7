import type { BrowserContext } from '@playwright/test';

export interface WindowOptions {
  readonly account: string;
  /** Attributes of the script tag, without `data-`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** What the page has besides. */
  readonly body?: string;
  readonly lang?: string;
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** A page of a brand that has the window, with a policy as strict as careful brands have; its address. */
export async function brandPage(context: BrowserContext, server: string, { account, attributes = {}, body = '', lang = 'en' }: WindowOptions): Promise<string> {
  const data = Object.entries({ account, ...attributes }).map(([name, value]) => `data-${name}="${escape(value)}"`).join(' ');
  const address = `${server}/brand-page`;
  await context.route(address, route => route.fulfill({
    contentType: 'text/html; charset=utf-8',
    headers: {
      'Content-Security-Policy': "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data: blob: https:; media-src 'self' blob:; "
        + "style-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /csp-report",
    },
    body: `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shoes &amp; Co</title><link rel="icon" href="data:,"></head><body><main><h1>Shoes &amp; Co</h1><p>Running shoes for every ground.</p>
<button type="button">Put into the basket</button></main>${body}<script src="/window.js" ${data}></script></body></html>`,
  }));
  return address;
}
