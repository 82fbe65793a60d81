import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { preview } from 'vite';
import { freePorts } from '../../packages/kv/test/servers/freePorts.ts';
import { startDemo } from '../startDemo.ts';
import { writeReport } from './writeReport.ts';

const run = promisify(execFile);

/** Where scenes are: addresses without a slash at their end. Each place is opened when the first scene asks for it. */
export interface Places {
  readonly grocer: () => Promise<string>;
  readonly gifts: () => Promise<string>;
  /** `test/pages`, beside the grocer. */
  readonly pages: () => Promise<string>;
  /** The site of docs/, with the pictures that are there then. */
  readonly site: () => Promise<string>;
  /** What `evershelf report` has written, as a file. */
  readonly report: () => Promise<string>;
}

/** @returns the places, and what closes those that were opened */
export function openPlaces(): { readonly places: Places; close(): Promise<void> } {
  const closing: (() => Promise<unknown>)[] = [];

  const folder = opened(async () => {
    const path = await mkdtemp(join(tmpdir(), 'evershelf-screenshots-'));
    closing.push(() => rm(path, { recursive: true }));
    return path;
  });
  const demo = opened(async () => {
    // Shops that nobody has changed.
    const started = await startDemo('--shop', join(await folder(), 'shop'));
    closing.push(started.close);
    return started;
  });
  const grocer = async (): Promise<string> => (await demo()).grocer;

  const pages = opened(async () => {
    const [port] = await freePorts(1);
    const server = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/pages/serve.ts', '--port', String(port), '--shop', await grocer()],
      { stdio: 'inherit' },
    );
    closing.push(async () => {
      server.kill('SIGTERM');
      await once(server, 'exit');
    });
    const address = `http://localhost:${port}`;
    while (!(await answers(`${address}/empty.html`))) {
      if (server.exitCode !== null) throw new Error('test/pages/serve.ts ended before it was open');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return address;
  });

  const site = opened(async () => {
    const outDir = join(await folder(), 'site');
    for (const [command, ...args] of [['typedoc'], ['vitepress', 'build', '--outDir', outDir]])
      await run(resolve('docs/node_modules/.bin', command!), args, { cwd: 'docs' });
    const server = await preview({ configFile: false, build: { outDir }, preview: { port: 0 } });
    closing.push(() => server.close());
    return server.resolvedUrls!.local[0]!.replace(/\/$/, '');
  });

  return {
    places: {
      grocer,
      gifts: async () => (await demo()).gifts,
      pages,
      site,
      report: opened(async () => pathToFileURL(await writeReport(await folder())).href),
    },
    async close() {
      for (const each of closing.toReversed()) await each();
    },
  };
}

/** Opens something when it is first asked for, and then has it. */
function opened<Thing>(open: () => Promise<Thing>): () => Promise<Thing> {
  let thing: Promise<Thing> | undefined;
  return () => (thing ??= open());
}

async function answers(address: string): Promise<boolean> {
  return await fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );
}
