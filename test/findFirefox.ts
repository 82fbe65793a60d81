import { findExecutable } from '../packages/sdk/test/findExecutable.ts';

const PLACES = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  String.raw`C:\Program Files\Mozilla Firefox\firefox.exe`,
];

/** A Firefox of this machine: EVERSHELF_FIREFOX, or an installed one. */
export function findFirefox(): string | undefined {
  return process.env['EVERSHELF_FIREFOX'] || findExecutable(['firefox', 'firefox-esr'], PLACES);
}
