import type { Browser, Page } from '@playwright/test';
import type { SlowVisits } from './slowVisits.ts';

/** A page in a context of its own, with a slow network and a slow processor. */
export async function openSlowPage(
  browser: Browser,
  { megabits, latencyMs }: SlowVisits['network'],
  slowdown: number,
): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  const session = await page.context().newCDPSession(page);
  const throughput = (megabits * 1e6) / 8;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return page;
}
