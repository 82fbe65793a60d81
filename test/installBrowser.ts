import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findBrowser } from '../packages/sdk/test/findBrowser.ts';
import { installFromDebian } from './installFromDebian.ts';

/**
 * Installs a browser where there is none: Debian's Chromium where we may, Playwright's own download elsewhere.
 *
 * @returns its path
 * @throws where neither worked
 */
export async function installBrowser(): Promise<string> {
  if (!installFromDebian('chromium', 'libvulkan1')) {
    console.log("No browser yet: fetching Playwright's.");
    const playwright = dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json'));
    execFileSync(process.execPath, [join(playwright, 'cli.js'), 'install', 'chromium'], { stdio: 'inherit' });
  }
  const browser = findBrowser();
  if (browser !== undefined) return browser;
  throw new Error(
    'found no browser, wanted Chrome, Chromium or Edge: install one, or name it in EVERSHELF_BROWSER',
  );
}
