import type { LaunchOptions } from 'playwright-core';
import { findBrowser } from './findBrowser.ts';

/** Flags with which headless Chromium computes WebGPU on the CPU, where the machine has no GPU. */
export const SOFTWARE_WEBGPU = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan,WebGPU',
  '--use-webgpu-adapter=swiftshader',
  '--use-vulkan=swiftshader',
];

/** Pages of the address bar, of which each window of a headless Chromium has two: they take a quarter of the processor's time in tests. */
const UNSEEN = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** What Playwright switches off for tests to be the same each time: of several lists of features Chromium follows the last. */
const UNSTEADY = [
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
];

/** How tests and benchmarks launch this machine's browser: also as root, and with no more of its own than they look at. */
export function launchOptions(
  flags: readonly string[] = [],
): LaunchOptions & { readonly args: readonly string[] } {
  const executablePath = findBrowser();
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', `--disable-features=${[...UNSEEN, ...UNSTEADY].join()}`, ...flags],
  };
}
