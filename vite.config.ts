import { defineConfig } from 'vitest/config';

/** How the tests of the packages and of the workspace run; those in the browser are in test/playwright.config.ts. */
export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/workspace/*.test.ts'],
    testTimeout: 15_000,
  },
});
