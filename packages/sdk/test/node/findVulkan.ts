import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findBrowser } from '../findBrowser.ts';
import { DRIVER } from './vulkanEnvironment.ts';

/**
 * The folder with Chromium's own Vulkan, a loader and a driver that computes on the CPU; undefined where there is none. Debian's
 * command is a script that lies elsewhere.
 */
export function findVulkan(): string | undefined {
  const browser = findBrowser();
  if (browser === undefined || !existsSync(browser)) return undefined;
  const folders = [dirname(realpathSync(browser)), join(dirname(browser), '../lib', basename(browser))];
  return folders.find((folder) => existsSync(join(folder, DRIVER)));
}
