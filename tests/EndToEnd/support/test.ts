import AxeBuilder from '@axe-core/playwright';
import { test as base, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import type { Brand, Login } from './Brand.ts';
import { BrandSite, type WindowOptions } from './BrandSite.ts';
import { ConsumerWindow } from './ConsumerWindow.ts';
import { ParleyServer } from './ParleyServer.ts';
import { Watch } from './Watch.ts';
import { Workspace } from './Workspace.ts';

export { expect } from '@playwright/test';

/** Long forms too: `PARLEY_TEST_ALL=1`. */
export const all = !!process.env.PARLEY_TEST_ALL;

/** The demo is for a server that is alone, which several nodes that stand in for it are not. */
export const hasDemo = !process.env.PARLEY?.endsWith('nodes.mjs');

interface Scene {
  /** A fresh account. */
  brand: Brand;
  watch: Watch;
  /** A browser of somebody else: a context of its own, watched. */
  browserOf(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page of the brand with the window on it. */
  openWindow(options?: Partial<WindowOptions> & { readonly context?: BrowserContext; readonly browser?: BrowserContextOptions }): Promise<ConsumerWindow>;
  /** The workspace, with somebody logged in. */
  openWorkspace(who: Login, options?: { readonly browser?: BrowserContextOptions }): Promise<Workspace>;
  /** Fails on violations of WCAG 2.2 AA. */
  axe(page: Page, state: string): Promise<void>;
}

export const test = base.extend<Scene, { server: ParleyServer; site: BrandSite }>({
  server: [async ({}, use) => {
    const server = await ParleyServer.start();
    await use(server);
    await server.stop();
  }, { scope: 'worker' }],

  site: [async ({ server }, use) => {
    const site = await BrandSite.open(server.url);
    await use(site);
    site.close();
  }, { scope: 'worker' }],

  brand: async ({ server }, use) => {
    const brand = await server.brand();
    await use(brand);
    brand.dispose();
  },

  watch: async ({ server, site }, use) => {
    const watch = new Watch(server.url, site.origin);
    if (!hasDemo) watch.expectConsole(/demo\.json/);
    const before = await server.policyReports();
    await use(watch);
    watch.check();
    // A server that a test has killed counts anew.
    if (await server.policyReports() > before) throw new Error('a browser reported a violation of the policy');
  },

  browserOf: async ({ browser, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'UTC', ...options });
      contexts.push(context);
      await watch.follow(context);
      return context;
    });
    await Promise.all(contexts.map(context => context.close()));
  },

  openWindow: async ({ site, brand, browserOf }, use) => {
    await use(async ({ context, browser, ...options } = {}) => {
      const owner = context ?? await browserOf(browser);
      const address = site.page({ account: brand.account, ...options });
      const page = await owner.newPage();
      await page.goto(address);
      return new ConsumerWindow(page);
    });
  },

  openWorkspace: async ({ server, browserOf }, use) => {
    await use(async (who, { browser } = {}) => {
      const context = await browserOf(browser);
      const workspace = new Workspace(await context.newPage(), server.url);
      await workspace.logIn(who);
      return workspace;
    });
  },

  axe: async ({}, use) => {
    await use(async (page, state) => {
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(node => `    ${node.target.join(' ')}  ${node.html.slice(0, 200)}\n      ${node.any.concat(node.all).map(check => check.message).join('; ')}`).join('\n')}`);
      if (told.length > 0) throw new Error(`${state}: violations of WCAG 2.2 AA:\n${told.join('\n')}`);
    });
  },
});
