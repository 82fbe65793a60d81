import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { memoryStore, startService } from '../../packages/kv/src/index.ts';
import { freePorts } from '../../packages/kv/test/servers/freePorts.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../packages/sdk/test/listen.ts';
import { withDatabase } from '../../packages/trainer/src/read/Database.ts';
import { commandOf } from '../../packages/trainer/test/commandOf.ts';
import { rss, tsv } from '../../packages/trainer/test/feedOf.ts';
import { ga4Folder } from '../../packages/trainer/test/ga4ExportOf.ts';
import { shopWithArrivals, toCsv } from '../../packages/trainer/test/syntheticShop.ts';
import { simulateShoppers } from '../workspace/simulateShoppers.ts';
import { documents } from './documents.ts';
import { type Snippet, snippetsOf } from './snippetsOf.ts';

const run = promisify(execFile);

/** Lines that another test runs: its file, and what in it does. */
const ELSEWHERE: readonly (readonly [line: RegExp, file: string, does: string])[] = [
  [/pnpm demo\b/, 'test/playwright.config.ts', '../demo/start.ts'],
  [/pnpm test\b/, '.ci/run', 'pnpm --silent test'],
  [/pnpm soak\b/, 'test/soak/soak.test.ts', 'await runPart(part,'],
  [/pnpm site\b/, 'test/workspace/site.test.ts', "['vitepress', 'build'"],
  [/pnpm build\b|cp -r packages\/sdk\/dist/, 'test/workspace/packages.test.ts', "'build',"],
  // The slowest, run there on a shop of their own.
  [/lab ladder/, 'packages/trainer/test/cli.test.ts', "'lab', 'ladder', ...own"],
  [/lab ablation/, 'packages/trainer/test/cli.test.ts', "'lab', 'ablation', ...own"],
  [/lab window/, 'packages/trainer/test/cli.test.ts', "'lab', 'window', ...own"],
];
/** Lines that no test runs, and why. */
const NOT_RUN: readonly (readonly [line: RegExp, why: string])[] = [
  [/lab feed/, 'takes minutes on any log; its figures are tested in feedStart.test.ts'],
  [/npm install @evershelf\/kv/, 'wants the package where it is published'],
  [/docker compose/, 'wants Docker; deploy.test.ts reads its files'],
  [/^bq extract/, "wants an account of Google's cloud; what it gives is in the folder"],
  [/demo\/(?:gifts\/)?data\/build/, 'wants the data set as it was published'],
  [/demo\/icons|test\/screenshots/, 'writes pictures of the repository'],
];
/** Where the documents have the service, and the shop with its pages and its feed. */
const SERVICE = '127.0.0.1:8787';
const SHOP = 'https://shop.example/';
/** Its page; commands run in other folders. */
const PAGE = resolve('test/pages/markup/jsonLd.html');

/** The documents' commands; what two of them say alike is run once, but for what has to do with a service. */
const said = new Set<string>();
const scripts = (await documents()).map(
  async (document) =>
    [
      document,
      linesOf((await snippetsOf(document)).filter(({ language }) => language === 'sh')).filter(([, line]) => {
        const command = line.replace(/ +#.*$/, '');
        const isNew = !said.has(command) || / serve |:8787/.test(command);
        said.add(command);
        return isNew && !NOT_RUN.some(([pattern]) => pattern.test(command));
      }),
    ] as const,
);
const made = shopWithArrivals({ shoppers: 30 });
const feed = rss(
  ...made.items.map(
    ({ id, title, brand }) => `<g:id>${id}</g:id><g:title>${title}</g:title><g:brand>${brand}</g:brand>`,
  ),
);
const folder = await shopFolder();
const shop = await listen(answerOfShop);
afterAll(async () => {
  shop.close();
  await rm(folder, { recursive: true });
});

describe.each((await Promise.all(scripts)).filter(([, lines]) => lines.length > 0))(
  'commands in %s',
  (_, lines) => {
    let port: string;
    const services: (() => void)[] = [];

    beforeAll(async () => {
      port = String((await freePorts(1))[0]);
    });
    afterAll(() => services.forEach((stop) => stop()));

    it.each(lines)('at %s', { timeout: 240_000 }, async (_, line) => {
      const elsewhere = ELSEWHERE.find(([pattern]) => pattern.test(line));
      if (elsewhere !== undefined) {
        const [, file, does] = elsewhere;
        return expect(await readFile(file, 'utf8')).toContain(does);
      }
      const command = line.replaceAll(SERVICE, `127.0.0.1:${port}`).replaceAll(SHOP, shop.url);
      const options = { cwd: folder, env: await environment(folder, port) };
      if (/ serve /.test(line)) {
        const service = spawn('bash', ['-c', command], { ...options, detached: true, stdio: 'ignore' });
        services.push(() => void process.kill(-service.pid!, 'SIGKILL'));
        await expect.poll(() => answers(port), { timeout: 30_000, interval: 100 }).toBe(true);
        return;
      }
      // A document that starts no service is about one that runs.
      if (line.includes(SERVICE) && services.length === 0) {
        const service = await startService({ store: memoryStore(), token: 'SECRET', port: Number(port) });
        services.push(() => void service.close());
      }
      await run('bash', ['-euc', command], { ...options, maxBuffer: 1e8, timeout: 200_000 }).catch(
        ({ stdout, stderr }: { stdout: string; stderr: string }) => expect.fail(stdout + stderr),
      );
      await runAsked(folder);
    });
  },
);

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
  const { events, items } = made;
  await writeFile(join(folder, 'clicks.csv'), toCsv(events));
  await writeFile(join(folder, 'products.csv'), toCsv(items));
  await cp(PAGE, join(folder, 'shop/product.html'));
  await withDatabase(undefined, (database) =>
    database.run(`COPY (FROM '${folder}/clicks.csv') TO '${folder}/orders.parquet'`),
  );
  await mkdir(join(folder, 'export'));
  const exported = await ga4Folder(made);
  await cp(exported('events.parquet'), join(folder, 'export/events_20261101-000.parquet'));
  await writeFile(
    join(folder, 'products.tsv'),
    tsv(['id', 'title', 'brand'], ...items.map(({ id, title, brand }) => [id, title, brand])),
  );
  await writeFile(join(folder, 'sale.xml.gz'), gzipSync(feed));
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

/** The shop itself: a page, and its feed. */
async function answerOfShop({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
  const isFeed = url === '/feed.xml';
  if (!isFeed && url !== '/') return void response.writeHead(404).end();
  response.setHeader('content-type', isFeed ? 'application/xml' : 'text/html');
  response.end(isFeed ? feed : await readFile(PAGE));
}

/** Where a shell leaves what it was to run of `evershelf`, each argument with a zero behind it. */
const askedIn = (folder: string): string => join(folder, '.asked');

/** Runs what the shell was asked to run of `evershelf`, in the folder of the shop: here, for a process of its own takes a second to start. */
async function runAsked(folder: string): Promise<void> {
  const asked = await readFile(askedIn(folder), 'utf8').catch(() => undefined);
  if (asked === undefined) return;
  await rm(askedIn(folder));
  const home = process.cwd();
  process.chdir(folder);
  try {
    const { code, out, err } = await commandOf(...asked.split('\0').slice(0, -1));
    expect(code, out + err).toBe(0);
  } finally {
    process.chdir(home);
  }
}

/**
 * What a command finds: `npx -y pnpm NAME` runs the workspace's script of that name in the folder of the shop, a service in a process
 * of its own, and leaves what else is asked of `evershelf` to `runAsked`.
 */
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
      const start = `exec node --import '${tsx}' '${file}' "$@"`;
      const ask = `[ "$1" = serve ] || { printf '%s\\0' "$@" > '${askedIn(folder)}'; exit; }; `;
      return `${name}) shift 3; ${name === 'evershelf' ? ask : ''}${start} ;;`;
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
