import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchOptions } from '../../packages/sdk/test/launchOptions.ts';
import { openTestShop, type TestShop } from '../../packages/sdk/test/testShop.ts';
import { modulesOf } from './modulesOf.ts';
import type { Snippet } from './snippetsOf.ts';

const run = promisify(execFile);
const { browser, node, elsewhere } = await modulesOf();
const folder = resolve('test/.results/snippets');
const nameOf = ({ at, language }: Snippet): string => `${at.replaceAll(/\W+/g, '-')}.${language}`;

/** Where the packages that snippets import are, as an application finds them that has installed them. */
const PACKAGES: Readonly<Record<string, string>> = {
  evershelf: 'packages/sdk/src/index.ts',
  'evershelf/debug': 'packages/sdk/src/storefront/debug/openDrawer.ts',
  'evershelf/node': 'packages/sdk/src/node/index.ts',
  'evershelf/react': 'packages/sdk/src/react/index.ts',
  'evershelf/storefront': 'packages/sdk/src/storefront/index.ts',
  'evershelf/vue': 'packages/sdk/src/vue/index.ts',
  '@evershelf/kv': 'packages/kv/src/index.ts',
  '@evershelf/kv/handler': 'packages/kv/src/handler.ts',
  '@tensorflow/tfjs': 'test/snippets/tfjs.ts',
};

let shop: TestShop;

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const snippet of [...browser, ...node, ...elsewhere])
    // A module of its own, also where it imports nothing.
    await writeFile(join(folder, nameOf(snippet)), `${snippet.code}\nexport {};\n`);
  shop = await openTestShop();
  await mkdir(join(folder, 'model'));
  for (const [name, content] of shop.files) await writeFile(join(folder, 'model', name), content);
  const paths = Object.fromEntries(Object.entries(PACKAGES).map(([name, file]) => [name, [resolve(file)]]));
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: resolve('tsconfig.json'),
      compilerOptions: { paths, noUnusedLocals: false, jsx: 'react-jsx' },
      include: ['*', resolve('test/snippets/given.d.ts')],
      exclude: ['model'],
    }),
  );
});
afterAll(() => shop?.close());

describe('modules in the documents', { timeout: 120_000 }, () => {
  it('have no type errors', async () => {
    await run('node_modules/.bin/tsc', ['--noEmit', '-p', folder]).catch(({ stdout }: { stdout: string }) =>
      expect.fail(stdout),
    );
  });

  describe('for a browser', () => {
    let pages: Awaited<ReturnType<typeof openPages>>;
    beforeAll(async () => {
      pages = await openPages();
    }, 60_000);
    afterAll(() => pages?.close());

    it.each(browser.map((snippet) => [snippet.at, snippet] as const))('run: %s', async (_, snippet) => {
      expect(await pages.run(nameOf(snippet))).toBe('ran');
    });
  });

  it.each(node.map((snippet) => [snippet.at, snippet] as const))('run in Node: %s', async (_, snippet) => {
    const options = {
      cwd: folder,
      env: { ...process.env, TSX_TSCONFIG_PATH: join(folder, 'tsconfig.json') },
    };
    await run(process.execPath, ['--import', import.meta.resolve('tsx'), nameOf(snippet)], options);
  });
});

/** A browser with a page for each snippet, in a shop of its own; all are bundled at once, as an application would be. */
async function openPages(): Promise<{ run(name: string): Promise<string>; close(): Promise<void> }> {
  const { origin } = new URL(shop.model);
  const outDir = join(folder, 'bundled');
  await build({
    configFile: false,
    root: resolve('.'),
    logLevel: 'error',
    resolve: {
      alias: Object.entries(PACKAGES).map(([name, file]) => ({
        find: new RegExp(`^${name}$`),
        replacement: resolve(file),
      })),
    },
    worker: { format: 'es' },
    build: {
      outDir,
      target: 'esnext',
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: [
          resolve('test/snippets/given.ts'),
          ...browser.map((snippet) => join(folder, nameOf(snippet))),
        ],
        output: { entryFileNames: '[name].js' },
        // What a snippet says is run, whether it leads to anything or not.
        treeshake: false,
      },
    },
  });
  const server = await preview({
    configFile: false,
    root: resolve('.'),
    logLevel: 'error',
    build: { outDir },
    preview: {
      port: 0,
      host: 'localhost',
      proxy: { '/model/': origin, '/kv/': { target: shop.kv, rewrite: (path) => path.replace('/kv', '') } },
    },
    plugins: [
      {
        name: 'empty page',
        configurePreviewServer: ({ middlewares }) =>
          void middlewares.use('/empty', (_, response) =>
            response.setHeader('content-type', 'text/html').end('<!doctype html><title>Empty</title>'),
          ),
      },
    ],
  });
  const address = server.resolvedUrls!.local[0]!;
  const chrome = await chromium.launch(launchOptions());
  return {
    async run(name) {
      const page = await chrome.newPage();
      await page.goto(`${address}empty`);
      const ran = await page.evaluate(
        `import('/given.js')
          .then(() => import('/${name.replace(/\.\w+$/, '.js')}'))
          .then(() => 'ran', (error) => String(error.stack))`,
      );
      await page.close();
      return ran as string;
    },
    async close() {
      await chrome.close();
      await server.close();
    },
  };
}
