import { installFromDebian } from './installFromDebian.ts';
import { findFirefox } from './findFirefox.ts';

/** Installs Debian's Firefox where there is none and we may. Elsewhere its tests are skipped, but on CI they fail. */
export function installFirefox(): void {
  if (findFirefox() === undefined) installFromDebian('firefox-esr');
}
