import { chromium, type Page } from '@playwright/test';
import { launchOptions } from '../../../packages/sdk/test/launchOptions.ts';
import { quantile } from '../engine/quantile.ts';
import { type LoadBench, type LoadFile, type LoadRow, WAYS } from './LoadBench.ts';
import { openSlowPage } from './openSlowPage.ts';
import type { ServedFiles } from './serveFiles.ts';
import { CACHES, type SlowVisits } from './slowVisits.ts';

type Measured = Omit<LoadRow, 'way' | 'cache'>;
const FIGURES = ['shelf', 'sinceCall', 'complete', 'longestTask'] as const;

/** Visits the page again and again, each browser twice: cold, then warm. The ways take turns. */
export async function measureLoads(
  served: ServedFiles,
  { network, slowdown, runs }: SlowVisits,
  told: (line: string) => void,
): Promise<Pick<LoadBench, 'rows' | 'files'>> {
  const visits = new Map<string, Measured[]>();
  let files: LoadFile[] = [];
  for (let run = 0; run < runs; run++)
    for (const way of WAYS) {
      const browser = await chromium.launch(launchOptions());
      try {
        const page = await openSlowPage(browser, network, slowdown);
        const asked = pathsAsked(page);
        for (const cache of CACHES) {
          await page.goto(served.address + (way === WAYS[0] ? '/' : '/?whole'));
          await page.waitForFunction(() => 'measured' in globalThis, undefined, { timeout: 120_000 });
          const found = await page.evaluate(() => (globalThis as unknown as { measured: Measured }).measured);
          const key = `${way}, ${cache}`;
          visits.set(key, [...(visits.get(key) ?? []), found]);
          told(`${run + 1}/${runs} ${key}: ${found.shelf.toFixed(0)} ms`);
          if (files.length === 0) files = filesOf(asked, served);
          // What was fetched is written to the device now.
          await page.waitForTimeout(1000);
        }
      } finally {
        await browser.close();
      }
    }
  const rows = WAYS.flatMap((way) =>
    CACHES.map((cache): LoadRow => {
      const found = visits.get(`${way}, ${cache}`)!;
      const medians = FIGURES.map(
        (name) =>
          [
            name,
            quantile(
              found.map((each) => each[name]),
              0.5,
            ),
          ] as const,
      );
      return { way, cache, ...(Object.fromEntries(medians) as unknown as Measured) };
    }),
  );
  return { rows, files };
}

function pathsAsked(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  return asked;
}

/** The files of a visit, in the order in which they were asked for. Tables and what reads them come after the first shelf. */
function filesOf(asked: readonly string[], served: ServedFiles): LoadFile[] {
  const late = asked.findIndex((path) => path.startsWith('/rest-'));
  return asked
    .filter((path) => path !== '/favicon.ico')
    .map((path, at) => ({
      name: path === '/' ? 'the page' : path.slice(1).replace(/-[\w-]{8}\.js$/, '.js'),
      stage: at < late ? 'before the first shelf' : 'after it',
      ...served.sizes(path),
    }));
}
