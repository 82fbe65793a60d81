import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { findBrowser } from '../findBrowser.ts';

/** What Chromium brings: a loader of Vulkan, and a driver that computes on the CPU. */
const DRIVER = 'vk_swiftshader_icd.json';

/** The folder with Chromium's own Vulkan; undefined where there is none. Debian's command is a script that lies elsewhere. */
export function findVulkan(): string | undefined {
  const browser = findBrowser();
  if (browser === undefined || !existsSync(browser)) return undefined;
  const folders = [dirname(realpathSync(browser)), join(dirname(browser), '../lib', basename(browser))];
  return folders.find((folder) => existsSync(join(folder, DRIVER)));
}

/**
 * The environment in which Dawn finds that Vulkan beside what the machine has: a machine without a GPU computes on the CPU. Other
 * platforms have drivers of their own.
 */
export function vulkanEnvironment(folder: string | undefined): NodeJS.ProcessEnv {
  if (process.platform !== 'linux' || folder === undefined) return process.env;
  const loaders = [process.env['LD_LIBRARY_PATH'], folder].filter(Boolean).join(delimiter);
  return { ...process.env, LD_LIBRARY_PATH: loaders, VK_ADD_DRIVER_FILES: join(folder, DRIVER) };
}
