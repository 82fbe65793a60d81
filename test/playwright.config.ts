import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { freePorts } from '../packages/kv/test/servers/freePorts.ts';
import { launchOptions, SOFTWARE_WEBGPU } from '../packages/sdk/test/launchOptions.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Playwright reads this file again in each worker; they shall all see the ports of the first reading.
const free = await freePorts(3);
process.env['SHOP_PORT'] ??= String(free[0]);
process.env['GIFTS_PORT'] ??= String(free[1]);
process.env['PAGES_PORT'] ??= String(free[2]);
const { SHOP_PORT: shop, GIFTS_PORT: gifts, PAGES_PORT: pages } = process.env;

/** Journeys through the demo's own pages. */
const THROUGH_THE_SHOP = ['accessible', 'arrival', 'gifts', 'newcomer', 'offline', 'returning', 'wire'].map(
  (name) => `**/${name}.spec.ts`,
);
const ANEW = '**/tour.spec.ts';

export default defineConfig({
  testDir: 'journeys',
  outputDir: '.results/playwright',
  // Two on two cores left a quarter of them idle: pages wait for clocks and for each other.
  workers: 3,
  // The journeys share one shop: those that change it go one by one, first and beside the others, and those that train it anew come
  // when all others are over.
  projects: [
    { name: 'shop', testMatch: THROUGH_THE_SHOP, workers: 1 },
    { name: 'pages', testIgnore: [...THROUGH_THE_SHOP, ANEW] },
    { name: 'faults', testDir: at('faults') },
    { name: 'anew', testMatch: ANEW, workers: 1, dependencies: ['pages', 'shop'] },
  ],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    baseURL: `http://localhost:${shop}`,
    launchOptions: launchOptions(SOFTWARE_WEBGPU),
    // A trace takes as long again as the journey.
    trace: process.env['CI'] === undefined ? 'retain-on-failure' : 'off',
  },
  webServer: [
    {
      command: `node --import tsx ../demo/start.ts --port ${shop} --gifts-port ${gifts} --shop ${at('.results/shop')}`,
      cwd: at('.'),
      url: `http://localhost:${shop}`,
      timeout: 600_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
      stdout: 'pipe',
    },
    {
      command: `node --import tsx pages/serve.ts --port ${pages} --shop http://localhost:${shop}`,
      cwd: at('.'),
      url: `http://localhost:${pages}/empty.html`,
      timeout: 120_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5000 },
    },
  ],
});
