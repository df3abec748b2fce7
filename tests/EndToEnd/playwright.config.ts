import { defineConfig } from '@playwright/test';
import { launchOptions } from './support/browser.ts';

// Two at once on the two cores of a usual machine; what measures wants them for itself.
export default defineConfig({
  testDir: '.',
  // The sample of ./test; all of them with PARLEY_TEST_ALL.
  testMatch: process.env.PARLEY_TEST_ALL
    ? '*.spec.ts'
    : ['tutorial', 'rings', 'shop', 'survey', 'transfer', 'restart', 'axe', 'windowFrame', 'workspace', 'workspaceKeyboard', 'workspacePhone'].map(name => `${name}.spec.ts`),
  workers: process.env.PARLEY_TEST_ALL ? 1 : 2,
  // Nothing is tried again: a test that fails now and then has found something.
  retries: 0,
  timeout: process.env.PARLEY_TEST_ALL ? 300_000 : 60_000,
  expect: { timeout: 8_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? 'test-results/report.json' }]],
  use: { launchOptions, actionTimeout: 8_000, navigationTimeout: 15_000, trace: 'off', screenshot: 'only-on-failure', viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'UTC' },
});
