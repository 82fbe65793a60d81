import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { startDemo } from '../startDemo.ts';
import { writeAside } from './engine/writeAside.ts';
import { serveFiles } from './load/serveFiles.ts';
import { circumstances, slowHelp, slowOptions, slowVisits } from './load/slowVisits.ts';
import { measureVitals } from './vitals/measureVitals.ts';
import type { VitalsBench } from './vitals/VitalsBench.ts';
import { vitalsPage } from './vitals/vitalsPage.ts';
import { vitalsReport } from './vitals/vitalsReport.ts';

const RUNS = 9;
const HELP = `Measures what a shelf costs the page that it stands on: Core Web Vitals with and without it, of a page of HTML and of the demo, in
headless Chromium with a slow network and processor.

${slowHelp(RUNS)}
  --write               write docs/bench/vitals.md and vitals.json
  --help
`;

const { values: options } = parseArgs({
  options: {
    ...slowOptions(RUNS),
    write: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}
const way = slowVisits(options);

const MODEL = 'demo/public/model';
const PRODUCTS = ['pear', 'bacon', 'honey-pot', 'cupcake', 'carrot', 'taco', 'peach', 'wine-glass', 'garlic'];
/** Leaves `<evershelf-shelf>` an element that nobody draws in; all else of the page is the same. */
const WITHOUT_ELEMENT = `
  const define = customElements.define.bind(customElements);
  customElements.define = (name, ...rest) => name === 'evershelf-shelf' || define(name, ...rest);`;
const pictures = PRODUCTS.map((name) => `/products/${name}.svg`);

// Trains the model, where there is none yet.
const demo = await startDemo();
await build({ configFile: 'packages/sdk/vite.config.ts', logLevel: 'warn' });
const heroes = await mkdtemp(join(tmpdir(), 'hero-'));
// As large as the largest picture of a common page is: one of a few kilobytes comes with the first frame or the second by chance.
await copyFile('docs/screenshots/home-desktop-light.webp', join(heroes, 'hero.webp'));
const page = (shelf: boolean): string => vitalsPage('/hero/hero.webp', pictures, shelf);
const served = await serveFiles(
  { '/without': page(false), '/with': page(true) },
  {
    immutable: {
      '/': 'packages/sdk/dist/script',
      '/products/': 'demo/public/products',
      '/hero/': heroes,
    },
    revalidated: { '/model/': MODEL },
  },
);
try {
  const drawn = 'evershelf-shelf [data-item]';
  const tapped = '#header input';
  const rows = await measureVitals(
    {
      'a page of HTML': {
        without: { address: `${served.address}/without`, tap: '#tap' },
        with: { address: `${served.address}/with`, tap: '#tap', drawn },
      },
      'the demo': {
        without: { address: `${demo.grocer}/`, tap: tapped, before: WITHOUT_ELEMENT },
        with: { address: `${demo.grocer}/`, tap: tapped, drawn },
      },
    },
    way,
    console.error,
  );
  const { items } = JSON.parse(await readFile(join(MODEL, 'manifest.json'), 'utf8')) as { items: number };
  const bench: VitalsBench = { ...circumstances(way, items), rows };
  console.log(vitalsReport(bench));
  if (options.write) {
    await writeAside('docs/bench/vitals.json', `${JSON.stringify(bench, null, 1)}\n`);
    await writeAside('docs/bench/vitals.md', vitalsReport(bench));
  }
} finally {
  served.close();
  await rm(heroes, { recursive: true });
  await demo.close();
}
