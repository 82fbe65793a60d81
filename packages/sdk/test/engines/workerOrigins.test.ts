import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { evershelf as Evershelf } from '../../src/index.ts';
import type { Storefront } from '../../src/storefront/index.ts';
import { launchOptions } from '../launchOptions.ts';
import { serveFolder } from '../serveFolder.ts';
import { serveModel } from '../serveModel.ts';

const sdk = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

let folder: string;
let browser: Browser;
let model: Awaited<ReturnType<typeof serveModel>>;

/** A page without a bundler, whose script tag names the address of the built SDK; and one of a shop that bundles it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evershelf-worker-'));
  const script = join(folder, 'script');
  await build({ configFile: sdk('vite.config.ts'), logLevel: 'error', build: { outDir: script } });
  await writeFile(join(folder, 'index.html'), '<!doctype html>\n<title>A shop</title>\n');
  const app = join(folder, 'app');
  await mkdir(app);
  await writeFile(
    join(app, 'index.html'),
    '<!doctype html>\n<title>A shop</title>\n<script type="module" src="main.js"></script>\n',
  );
  const entry = JSON.stringify(sdk('src/index.ts'));
  await writeFile(join(app, 'main.js'), `import { evershelf } from ${entry};\nwindow.bundled = evershelf;\n`);
  await build({
    configFile: false,
    root: app,
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: join(folder, 'bundled'), target: 'es2022' },
  });
  model = await serveModel(100);
  browser = await chromium.launch(launchOptions());
}, 120_000);

afterAll(async () => {
  model?.close();
  await browser?.close();
  await rm(folder, { recursive: true });
});

const serve = async (headers: Readonly<Record<string, string>> = {}): Promise<string> => {
  const { url, close } = await serveFolder(folder, headers);
  onTestFinished(close);
  return url;
};

/** What ranks in a page that asks for the worker, and why. */
async function asked(page: string, script?: string): Promise<{ engine: string; reason: string }> {
  const opened = await browser.newPage();
  onTestFinished(() => opened.close());
  await opened.goto(page);
  if (script === undefined) await opened.waitForFunction('globalThis.bundled !== undefined');
  const options = { model: model.url, consent: 'none', engine: 'worker' } as const;
  return await opened.evaluate(
    async ([options, src]) => {
      const page = globalThis as unknown as { bundled: typeof Evershelf; evershelf: unknown[] };
      const tagged = async () => {
        const tag = Object.assign(document.createElement('script'), { src });
        Object.assign(tag.dataset, options);
        page.evershelf = [];
        document.head.append(tag);
        const shop = await new Promise<Storefront>((resolve) => page.evershelf.push(resolve));
        return shop.shelf;
      };
      const shelf = src === undefined ? await page.bundled(options) : await tagged();
      const inTime = { deadline: 20_000 };
      let answer = await shelf.recommend(inTime);
      // Engines rank once all of the model is there.
      while (!answer.complete) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        answer = await shelf.recommend(inTime);
      }
      const { engine } = answer;
      const { reason } = shelf.status().engines.one;
      shelf.close();
      return { engine, reason };
    },
    [options, script] as const,
  );
}

const FOUND = { engine: 'worker', reason: 'the page asked for the worker' };

describe('the worker', { timeout: 60_000 }, () => {
  it("comes from beside a script tag's file", async () => {
    const shop = await serve();
    expect(await asked(`${shop}index.html`, `${shop}script/evershelf.js`)).toEqual(FOUND);
  });

  it("comes from another origin, as a script tag's file does", async () => {
    const [shop, cdn] = [await serve(), await serve()];
    expect(await asked(`${shop}index.html`, `${cdn}script/evershelf.js`)).toEqual(FOUND);
  });

  it('comes from a bundle', async () => {
    expect(await asked(`${await serve()}bundled/index.html`)).toEqual(FOUND);
  });

  it('is done without where the policy of the page forbids it', async () => {
    const shop = await serve({ 'content-security-policy': "worker-src 'none'" });
    const { engine, reason } = await asked(`${shop}index.html`, `${shop}script/evershelf.js`);
    expect(engine).toBe('cpu');
    expect(reason).toMatch(/^no worker: /);
  });

  it('is done without where it is not to be had', async () => {
    const shop = await serve();
    await rm(join(folder, 'script/worker.js'));
    const { engine, reason } = await asked(`${shop}index.html`, `${shop}script/evershelf.js`);
    expect(engine).toBe('cpu');
    expect(reason).toMatch(/^no worker: .*worker\.js is not to be had/);
  });
});
