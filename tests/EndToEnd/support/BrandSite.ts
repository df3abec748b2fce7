import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WindowOptions {
  readonly account: string;
  /** Attributes of the script tag, without `data-`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** What the page has besides. */
  readonly body?: string;
  readonly lang?: string;
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** A brand's web site, on an origin of its own as brands' sites are, with a policy as strict as careful brands have. */
export class BrandSite {
  readonly #server: Server;
  readonly #pages = new Map<string, string>();
  readonly #parley: string;

  private constructor(server: Server, parley: string) {
    this.#server = server;
    this.#parley = parley;
  }

  static async open(parley: string): Promise<BrandSite> {
    const server = createServer();
    const site = new BrandSite(server, parley);
    server.on('request', (request, response) => {
      const page = site.#pages.get(request.url ?? '');
      response.writeHead(page === undefined ? 404 : 200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': `default-src 'none'; script-src ${parley}; connect-src ${parley} ${parley.replace('http', 'ws')}; img-src ${parley} data: blob: https:; media-src ${parley} blob:; `
          + "style-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      });
      response.end(page ?? 'no such page');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return site;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A page with the window; gives its address. Pages of one account are on one path. */
  page({ account, attributes = {}, body = '', lang = 'en' }: WindowOptions): string {
    const data = Object.entries({ account, ...attributes }).map(([name, value]) => `data-${name}="${escape(value)}"`).join(' ');
    this.#pages.set(`/${account}`, `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shoes &amp; Co</title><link rel="icon" href="data:,"></head><body><main><h1>Shoes &amp; Co</h1><p>Running shoes for every ground.</p>
<button type="button">Put into the basket</button></main>${body}<script src="${this.#parley}/window.js" ${data}></script></body></html>`);
    return `${this.origin}/${account}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
