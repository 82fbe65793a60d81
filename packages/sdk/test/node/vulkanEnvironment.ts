import { delimiter, join } from 'node:path';

/** The driver that Chromium brings, which computes on the CPU. */
export const DRIVER = 'vk_swiftshader_icd.json';

/**
 * The environment in which Dawn finds the loader and the driver of a folder beside what the machine has: a machine without a GPU
 * computes on the CPU. Other platforms than Linux have drivers of their own.
 */
export function vulkanEnvironment(folder: string | undefined): NodeJS.ProcessEnv {
  if (process.platform !== 'linux' || folder === undefined) return process.env;
  const loaders = [process.env['LD_LIBRARY_PATH'], folder].filter(Boolean).join(delimiter);
  return { ...process.env, LD_LIBRARY_PATH: loaders, VK_ADD_DRIVER_FILES: join(folder, DRIVER) };
}
