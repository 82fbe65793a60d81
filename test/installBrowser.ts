import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findBrowser } from '../packages/sdk/test/findBrowser.ts';

/**
 * Installs a browser where there is none: Debian's Chromium where we may, Playwright's own download elsewhere.
 *
 * @returns its path
 * @throws where neither worked
 */
export async function installBrowser(): Promise<string> {
  const isDebian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (isDebian) {
    console.log('No browser yet: installing Chromium.');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium', 'libvulkan1']])
      execFileSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env });
  } else {
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
