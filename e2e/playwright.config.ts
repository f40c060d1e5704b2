import { defineConfig } from '@playwright/test';
import { findBrowser } from '../testing/browser';
import { chooseOwnSluice, ownerState } from '../testing/sluice';

const launchOptions = await findBrowser();
chooseOwnSluice();

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: '../testing/sluice.ts',
  outputDir: './results',
  // Two cores: a file each, on a Sluice of its own.
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'results/report.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions,
    storageState: ownerState,
    viewport: { width: 1280, height: 800 },
    // A trace of every test took 30 % of the processor's time: asked for when one fails.
    trace: process.env.TRACE === '1' ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
});
