import { defineConfig } from '@playwright/test';
import { launchOptions } from './support/browser.ts';

// The sample of ./test; all of them with PARLEY_TEST_ALL.
const all = !!process.env.PARLEY_TEST_ALL;
const sample = ['tutorial', 'rings', 'shop', 'survey', 'transfer', 'restart', 'axe', 'windowFrame', 'workspace', 'workspaceKeyboard', 'workspacePhone'];
// What tells a time wants the machine for itself.
const timed = all ? ['rings', 'load'] : [];
const files = (names: readonly string[]) => names.map(name => `${name}.spec.ts`);

// Two at once on the two cores of a usual machine.
export default defineConfig({
  testDir: '.',
  workers: 2,
  projects: [
    ...(all ? [{ name: 'timed', testMatch: files(timed), workers: 1 }] : []),
    { name: all ? 'untimed' : 'sample', testMatch: all ? '*.spec.ts' : files(sample), testIgnore: files(timed), dependencies: all ? ['timed'] : [] },
  ],
  // Nothing is tried again: a test that fails now and then has found something.
  retries: 0,
  timeout: all ? 300_000 : 60_000,
  expect: { timeout: 8_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? 'test-results/report.json' }]],
  use: { launchOptions, actionTimeout: 8_000, navigationTimeout: 15_000, trace: 'off', screenshot: 'only-on-failure', viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'UTC' },
});
