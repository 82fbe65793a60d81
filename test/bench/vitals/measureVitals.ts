import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Page } from '@playwright/test';
import { launchOptions } from '../../../packages/sdk/test/launchOptions.ts';
import { quantile } from '../engine/quantile.ts';
import { openSlowPage } from '../load/openSlowPage.ts';
import { CACHES, type SlowVisits } from '../load/slowVisits.ts';
import { SHELVES, SHOPS, type Vitals, type VitalsRow } from './VitalsBench.ts';

/** Taps, and milliseconds from one to the next: the shelf comes meanwhile. */
const TAPS = 6;
const BETWEEN = 300;

/** How a page is visited: its address, and what keeps the shelf off it where that is no other address. */
export interface Visited {
  readonly address: string;
  /** A script that runs before the page's. */
  readonly before?: string;
  /** What is tapped. */
  readonly tap: string;
  /** What is there once the shelf is drawn. */
  readonly drawn?: string;
}

/** Visits pages again and again, each browser twice: cold, then warm. Kinds take turns. */
export async function measureVitals(
  pages: Readonly<Record<(typeof SHOPS)[number], Readonly<Record<(typeof SHELVES)[number], Visited>>>>,
  { network, slowdown, runs }: SlowVisits,
  told: (line: string) => void,
): Promise<VitalsRow[]> {
  const webVitals = await readFile(
    createRequire(import.meta.url)
      .resolve('web-vitals')
      .replace(/[^/\\]*$/, 'web-vitals.iife.js'),
    'utf8',
  );
  const visits = new Map<string, Vitals[]>();
  for (let run = 0; run < runs; run++)
    for (const shop of SHOPS)
      for (const shelf of SHELVES) {
        const visited = pages[shop][shelf];
        const [looked, tapped] = [await visitTwice(visited, false), await visitTwice(visited, true)];
        CACHES.forEach((cache, i) => {
          const found = {
            lcp: looked[i]!.lcp,
            inp: tapped[i]!.inp,
            cls: Math.max(looked[i]!.cls, tapped[i]!.cls),
          };
          const key = `${shop}, ${shelf}, ${cache}`;
          visits.set(key, [...(visits.get(key) ?? []), found]);
          told(`${run + 1}/${runs} ${key}: LCP ${found.lcp.toFixed(0)} ms, INP ${found.inp.toFixed(0)} ms`);
        });
      }

  /** Opens a browser and visits the page cold, then warm; who taps ends the wait for the largest element, so that has visits of its own. */
  async function visitTwice(visited: Visited, taps: boolean): Promise<Vitals[]> {
    const browser = await chromium.launch(launchOptions());
    try {
      const page = await openSlowPage(browser, network, slowdown);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.addInitScript(`${webVitals}
        globalThis.vitals = { lcp: 0, inp: 0, cls: 0 };
        for (const name of ['LCP', 'INP', 'CLS'])
          webVitals['on' + name](({ value }) => (vitals[name.toLowerCase()] = value), {
            reportAllChanges: true,
            durationThreshold: 16,
          });`);
      if (visited.before !== undefined) await page.addInitScript(visited.before);
      const cold = await visit(page, visited, taps);
      // What was fetched is written to the device now.
      await page.waitForTimeout(1000);
      return [cold, await visit(page, visited, taps)];
    } finally {
      await browser.close();
    }
  }
  const median = (all: readonly Vitals[], name: keyof Vitals): number =>
    quantile(
      all.map((each) => each[name]),
      0.5,
    );
  return SHOPS.flatMap((shop) =>
    SHELVES.flatMap((shelf) =>
      CACHES.map((cache): VitalsRow => {
        const all = visits.get(`${shop}, ${shelf}, ${cache}`)!;
        return {
          ...{ shop, shelf, cache },
          ...{ lcp: median(all, 'lcp'), inp: median(all, 'inp'), cls: median(all, 'cls') },
        };
      }),
    ),
  );
}

async function visit(page: Page, { address, tap, drawn }: Visited, taps: boolean): Promise<Vitals> {
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForSelector(tap);
  if (taps)
    for (let tapped = 0; tapped < TAPS; tapped++) {
      await page.click(tap, { noWaitAfter: true });
      await page.waitForTimeout(BETWEEN);
    }
  if (drawn !== undefined) await page.waitForSelector(drawn, { timeout: 60_000 });
  await page.waitForTimeout(1500);
  return page.evaluate(() => (globalThis as unknown as { vitals: Vitals }).vitals);
}
