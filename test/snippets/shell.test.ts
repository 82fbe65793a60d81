import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { access, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../../packages/trainer/src/read/Database.ts';
import { shopWithArrivals, toCsv } from '../../packages/trainer/test/syntheticShop.ts';
import { simulateShoppers } from '../workspace/simulateShoppers.ts';
import { documents } from './documents.ts';
import { type Snippet, snippetsOf } from './snippetsOf.ts';

const run = promisify(execFile);

/** Lines that something else runs, and what does. */
const ELSEWHERE: readonly (readonly [line: RegExp, by: string])[] = [
  [/pnpm demo\b/, 'test/playwright.config.ts'],
  [/pnpm test\b/, '.ci/run'],
  [/npm install @evershelf\/kv/, 'test/workspace/packages.test.ts'],
  // Wants a shop that answers.
  [/evershelf init https:/, 'packages/trainer/test/init/init.test.ts'],
  [/docker compose/, 'packages/kv/test/deploy.test.ts'],
  // Wants the data set as it was published, which is not in the repository; the shop that it made is.
  [/demo\/(?:gifts\/)?data\/build/, 'demo/data/README.md'],
  // Want a browser, and the second a demo that runs.
  [/demo\/icons/, 'demo/icons.ts'],
  [/test\/screenshots/, 'test/screenshots.ts'],
];
const SERVICE_PORT = '8787';

const pages = await Promise.all((await documents()).map(snippetsOf));
const scripts = pages
  .map((snippets) => snippets.filter(({ language }) => language === 'sh'))
  .filter((snippets) => snippets.length > 0);

describe('commands in the documents', () => {
  describe.each(scripts.map((snippets) => [snippets[0]!.at.replace(/:.*/, ''), snippets] as const))(
    'of %s',
    (_, snippets) => {
      let folder: string;
      let port: string;
      const services: ChildProcess[] = [];

      beforeAll(async () => {
        folder = await shopFolder();
        port = await freePort();
      });
      afterAll(async () => {
        for (const service of services) process.kill(-service.pid!, 'SIGKILL');
        await rm(folder, { recursive: true });
      });

      it.each(linesOf(snippets))('at %s', { timeout: 240_000 }, async (_, line) => {
        const by = ELSEWHERE.find(([pattern]) => pattern.test(line))?.[1];
        if (by !== undefined) return await access(by);
        const command = line.replaceAll(SERVICE_PORT, port);
        const options = { cwd: folder, env: await environment(folder, port) };
        if (/ serve /.test(line)) {
          services.push(spawn('bash', ['-c', command], { ...options, detached: true, stdio: 'ignore' }));
          await expect.poll(() => answers(port), { timeout: 30_000, interval: 100 }).toBe(true);
        } else {
          await run('bash', ['-euc', command], { ...options, maxBuffer: 1e8 }).catch(
            ({ stdout, stderr }: { stdout: string; stderr: string }) => expect.fail(stdout + stderr),
          );
        }
      });
    },
  );
});

/** The commands of snippets, each with its place; one that ends in a backslash goes on in the next line. */
function linesOf(snippets: readonly Snippet[]): (readonly [at: string, line: string])[] {
  return snippets.flatMap(({ at, code }) => {
    const [document, first] = at.split(':');
    const lines = code.split('\n').map((line, i) => [`${document}:${Number(first) + i}`, line] as const);
    return lines
      .map(([at, line], i) => {
        let whole = line;
        for (let next = i + 1; whole.endsWith('\\'); next++) whole = `${whole}\n${lines[next]![1]}`;
        return [at, whole] as const;
      })
      .filter(([, line], i) => line.trim() !== '' && !lines[i - 1]?.[1].endsWith('\\'));
  });
}

/** A folder with the data that the documents name. */
async function shopFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'snippets-'));
  const { events, items } = shopWithArrivals({ shoppers: 40 });
  await writeFile(join(folder, 'clicks.csv'), toCsv(events));
  await writeFile(join(folder, 'products.csv'), toCsv(items));
  await cp('test/pages/markup/jsonLd.html', join(folder, 'shop/product.html'));
  await withDatabase(undefined, (database) =>
    database.run(`COPY (FROM '${folder}/clicks.csv') TO '${folder}/orders.parquet'`),
  );
  // The log of a service, with what shelves have shown.
  await mkdir(join(folder, 'data/events'), { recursive: true });
  const shown = simulateShoppers({
    experiment: {
      name: 'intents',
      placement: 'home',
      kind: 'split',
      variants: { control: {}, new: { count: 4 } },
    },
    rankings: { control: ['a', 'b', 'c', 'd'], new: ['b', 'c', 'd', 'e'] },
    k: 4,
    appeal: { a: 0.1, b: 0.1, c: 0.1, d: 0.1, e: 0.1 },
    sessions: 100,
    seed: 1,
  });
  await writeFile(join(folder, 'data/events/2026-11-18T12-1a2b3c4d.jsonl'), shown);
  return folder;
}

/** What a command finds: `npx -y pnpm NAME` runs the workspace's script of that name in the folder of the shop. */
async function environment(folder: string, port: string): Promise<NodeJS.ProcessEnv> {
  const bin = join(folder, '.bin');
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const cases = Object.entries(scripts)
    .filter(([, script]) => script.startsWith('node --import tsx '))
    .map(([name, script]) => {
      const file = resolve(script.replace('node --import tsx ', ''));
      return `${name}) shift 3; exec node --import '${tsx}' '${file}' "$@" ;;`;
    });
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'npx'), `#!/bin/sh\ncase "$3" in\n${cases.join('\n')}\n*) exit 127 ;;\nesac\n`, {
    mode: 0o755,
  });
  return { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}`, EVERSHELF_PORT: port };
}

async function answers(port: string): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}/livez`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function freePort(): Promise<string> {
  return new Promise((done, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(String(port)));
    });
  });
}
