import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HELP = `Starts the demo: trains a model where there is none, fills a metadata service, serves the storefront.

  --port <number>    of the storefront; default: PORT, else 4173 or the next free one
  --shop <folder>    where the metadata service keeps the shop; default: demo/.shop
  --help
`;

const { values: options } = parseArgs({
  options: { port: { type: 'string' }, shop: { type: 'string' }, help: { type: 'boolean' } },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const MODEL = at('public/model');
const TRAINER = at('../packages/trainer/src/cli.ts');
const SERVICE = at('../packages/kv/src/cli.ts');
const token = randomUUID();
const children = new Set<ChildProcess>();
let ending = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0));

try {
  await main();
} catch (error) {
  if (!ending) console.error(`demo: ${(error as Error).message}`);
  await end(1);
}

async function main(): Promise<void> {
  const port = portOf(options.port ?? process.env['PORT']);
  if (port !== undefined) await checkFree(port);
  if (!(await hasModel())) {
    console.log('No model yet: training one on the groceries in demo/data, a minute or two.');
    const data = ['--events', at('data/events.parquet'), '--items', at('data/items.parquet')];
    await finish(runScript(TRAINER, ['train', ...data, '--out', MODEL]));
  }
  const kv = await startService();
  await finish(runScript(TRAINER, ['publish', '--artifact', MODEL, '--to', kv], { EVERSHELF_TOKEN: token }));
  await serveStorefront(kv, port);
}

/** True where a model is there that this version reads; says what is wrong with another one. */
async function hasModel(): Promise<boolean> {
  if (!(await exists(`${MODEL}/manifest.json`))) return false;
  return await finish(runScript(TRAINER, ['inspect', MODEL], {}, 'ignore')).then(
    () => true,
    () => false,
  );
}

/** Starts the metadata service on a free port; settles with its address. */
async function startService(): Promise<string> {
  const service = runScript(
    SERVICE,
    ['--port', '0', '--data', options.shop ?? at('.shop')],
    { EVERSHELF_TOKEN: token },
    'pipe',
  );
  const stopped = finish(service).then(() => {
    throw new Error('the metadata service has stopped');
  });
  // Once it listens, its end is the end of the demo.
  stopped.catch((error: Error) => {
    if (!ending) console.error(`demo: ${error.message}`);
    void end(1);
  });
  const listening = new Promise<string>((resolve) => {
    createInterface(service.stdout!).on('line', (line) => {
      const { level, url } = JSON.parse(line) as { level: string; url?: string };
      if (url !== undefined) resolve(url);
      else if (level !== 'info') console.log(line);
    });
  });
  return await Promise.race([listening, stopped]);
}

/** Builds the storefront and serves it. */
async function serveStorefront(kv: string, port: number | undefined): Promise<void> {
  // The configuration reads these.
  Object.assign(process.env, { EVERSHELF_KV: kv, EVERSHELF_TOKEN: token });
  const { build, preview } = await import('vite');
  const configFile = at('vite.config.ts');
  await build({ configFile, logLevel: 'warn' });
  const server = await preview({
    configFile,
    preview: port === undefined ? {} : { port, strictPort: true },
  });
  const address = server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0];
  console.log(`\n  The shop is open: ${address}\n  Its metadata service: ${kv}\n  Ctrl-C closes both.\n`);
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`port: found ${text}, wanted a number from 0 to 65535`);
}

/** Says before the training, not after it, that the storefront cannot have its port. */
async function checkFree(port: number): Promise<void> {
  const server = createServer().listen(port, 'localhost');
  await once(server, 'listening').catch(() => {
    throw new Error(`port ${port}: found it taken, wanted a free one; choose another with PORT or --port`);
  });
  server.close();
  await once(server, 'close');
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

function runScript(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdout: 'inherit' | 'pipe' | 'ignore' = 'inherit',
): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['ignore', stdout, 'inherit'],
    env: { ...process.env, ...env },
    cwd: at('..'),
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Settles when a child has done its work; rejects where it failed. */
function finish(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${child.spawnargs.slice(3, 5).join(' ')} ended with ${signal ?? code}`));
    });
  });
}

/** Ends all that was started, and then this process. */
async function end(code: number): Promise<never> {
  ending = true;
  const ends = [...children].map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of children) child.kill('SIGTERM');
  await Promise.race([Promise.all(ends), new Promise((resolve) => setTimeout(resolve, 5000))]);
  for (const child of children) child.kill('SIGKILL');
  process.exit(code);
}
