import { defineConfig } from '@playwright/test';
import config from '../playwright.config.ts';

/** The fault matrix without the shops of the journeys, on what `vite build packages/sdk` has made. */
export default defineConfig({
  ...config,
  projects: config.projects!.filter(({ name }) => name === 'faults'),
  outputDir: '../.results/faults',
  webServer: [],
});
