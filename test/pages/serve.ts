import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { feedShop } from './feedShop.ts';
import { buildFrameworks } from './buildFrameworks.ts';
import { pageTemplates } from './pageTemplates.ts';
import { smallService } from './smallService.ts';
import { writeSmallShop } from './smallShop.ts';

/**
 * Serves the SDK's built files and plain pages beside them, as a shop without a bundler would:
 *
 * - `/readme.html` is the README's example, with the addresses of this machine.
 * - `/small` is a shop of sixty products, its model in `/small/model`, its metadata service at `/small/kv`.
 * - the HTML files of this folder, as `pageTemplates` has them.
 * - `/feed/model` and `/feed/kv` are a shop that is made of its feed alone.
 */
const { values } = parseArgs({ options: { port: { type: 'string' }, shop: { type: 'string' } } });
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const served = at('../.results/pages');

await build({ configFile: at('../../packages/sdk/vite.config.ts'), logLevel: 'warn' });
await mkdir(served, { recursive: true });
await cp(at('../../packages/sdk/dist/script'), served, { recursive: true });
await cp(at('old'), `${served}/old`, { recursive: true });
await cp(fileURLToPath(import.meta.resolve('jquery')), `${served}/jquery.js`);
const kv = await smallService(await writeSmallShop(`${served}/small`));
await buildFrameworks(`${served}/frameworks`);
const readme = await readFile(at('../../README.md'), 'utf8');
const example = /```html\n(.*?)```/s
  .exec(readme)![1]!
  .replace(/https:\S*\/evershelf\.js/, '/evershelf.js')
  .replace('"/model/"', `"${values.shop}/model/"`)
  .replace('"/kv"', `"${values.shop}/kv"`);
await writeFile(`${served}/readme.html`, `<!doctype html>\n<title>README</title>\n${example}`);
await feedShop(`${served}/feed`, `http://localhost:${values.port}`);
await preview({
  configFile: false,
  root: at('.'),
  plugins: [pageTemplates(at('.'), served, { pages: `http://localhost:${values.port}`, shop: values.shop! })],
  build: { outDir: served },
  preview: {
    port: Number(values.port),
    strictPort: true,
    cors: true,
    proxy: { '/small/kv': { target: kv, rewrite: (path) => path.replace('/small/kv', '') } },
  },
});
