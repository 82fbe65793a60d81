import { markdownTable } from '../../../packages/trainer/src/report/markdownTable.ts';
import { CACHES } from '../load/slowVisits.ts';
import { SHOPS, type Vitals, type VitalsBench } from './VitalsBench.ts';

/** docs/bench/vitals.md. */
export function vitalsReport(bench: VitalsBench): string {
  const { date, cores, busy, items, network, slowdown, runs, rows } = bench;
  const found = (shop: string, cache: string, shelf: string): Vitals =>
    rows.find((row) => row.shop === shop && row.cache === cache && row.shelf === shelf)!;
  return `# Core Web Vitals

What a shelf costs the page that it stands on, \`npx -y pnpm bench vitals\`, ${date}, on ${cores} cores of a shared machine that ${busy.toFixed(0)}
processes wanted at once: headless Chromium, 390 by 844 pixels, ${network.megabits} Mbit/s with ${network.latencyMs} ms of latency, the processor made ${slowdown}
times slower; medians of ${runs} visits of each kind, which take turns, by Google's web-vitals. The model is the demo's, of
${items.toLocaleString('en')} items. Largest Contentful Paint (LCP) and Interaction to Next Paint (INP) in milliseconds, Cumulative Layout Shift (CLS)
as it is; INP is the slowest of six taps in the first two seconds, while the shelf comes. A warm visit is the second of a browser.

- A page of HTML has a hero, products and a script tag with one shelf between them; without the shelf it has neither the tag nor the element.
- The demo draws all that it shows from the model, shelf or not; without the shelf it has no \`<evershelf-shelf>\`.

${markdownTable(
  [
    'page',
    'cache',
    'LCP without',
    'with',
    'difference',
    'INP without',
    'with',
    'difference',
    'CLS without',
    'with',
  ],
  SHOPS.flatMap((shop) =>
    CACHES.map((cache) => {
      const [bare, full] = [found(shop, cache, 'without'), found(shop, cache, 'with')];
      return [
        shop,
        cache,
        ...[bare.lcp, full.lcp, full.lcp - bare.lcp].map((value) => value.toFixed(0)),
        ...[bare.inp, full.inp, full.inp - bare.inp].map((value) => value.toFixed(0)),
        ...[bare.cls, full.cls].map((value) => value.toFixed(3)),
      ];
    }),
  ),
)}
`;
}
