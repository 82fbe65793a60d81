import { chromium } from 'playwright-core';
import { findExecutable } from './findExecutable.ts';

/** Commands of Chrome, Chromium and Edge. */
const COMMANDS = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];

/** Where they are installed without being on the path. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
];

/** A Chromium-based browser of this machine: EVERSHELF_BROWSER, an installed one, or Playwright's own download. */
export function findBrowser(): string | undefined {
  return process.env['EVERSHELF_BROWSER'] || findExecutable(COMMANDS, [...PLACES, chromium.executablePath()]);
}
