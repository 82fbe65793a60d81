import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** How the tests of the packages and of the workspace run; those in the browser are in test/playwright.config.ts. */
export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/{fuzz,snippets,soak,workspace}/**/*.test.ts'],
    // Not the measure of anything: a machine may have other work. What hangs is to end some time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Most wait for something: a browser, a server, a clock. One less than the cores, the default, is one on a small machine.
    maxWorkers: Math.max(3, Math.floor(availableParallelism() / 2)),
  },
});
