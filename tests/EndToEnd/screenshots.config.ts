import { defineConfig } from '@playwright/test';
import { launchOptions } from './support/browser.ts';

// Makes docs/images: see the README there.
export default defineConfig({
  testDir: 'screenshots',
  testMatch: '*.shots.ts',
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: { launchOptions, actionTimeout: 20_000 },
});
