import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { type DemoShop, shops } from './shops.ts';
import { shopConfig, type ShopConfigOptions } from './vite/shopConfig.ts';

const HELP = `Starts the demo: trains models where there are none, fills metadata services, serves two storefronts.

  --port <number>        of the grocer; default: PORT, else 4173 or the next free one
  --gifts-port <number>  of the gift shop; default: the next free one after the grocer's
  --shop <folder>        where the metadata services keep the shops; default: demo/.shop
  --train-only           ends once the models are there
  --help
`;

const { values: options } = parseArgs({
  options: {
    port: { type: 'string' },
    'gifts-port': { type: 'string' },
    shop: { type: 'string' },
    'train-only': { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const TRAINER = at('../packages/trainer/src/cli.ts');
const SERVICE = at('../packages/kv/src/cli.ts');
const FIRST_PORT = 4173;
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
  if (options['train-only']) return await trainAll();
  const port = await portFor(options.port ?? process.env['PORT'], FIRST_PORT);
  const ports = { grocer: port, gifts: await portFor(options['gifts-port'], port + 1) };
  await trainAll();
  const services = {
    grocer: await startService(shops.grocer),
    gifts: await startService(shops.gifts),
  };
  for (const [name, { model }] of entries(shops))
    await evershelf(['publish', '--artifact', model, '--to', services[name]]);
  for (const [name, shop] of entries(shops)) {
    const other = name === 'grocer' ? 'gifts' : 'grocer';
    await serveStorefront({
      shop,
      kv: services[name],
      token,
      evershelf,
      port: ports[name],
      neighbour: `http://localhost:${ports[other]}/`,
    });
  }
  console.log(`
  The shop is open: http://localhost:${ports.grocer}/
  Its metadata service: ${services.grocer}
  Another shop, of gifts: http://localhost:${ports.gifts}/
  Ctrl-C closes all.
`);
}

async function trainAll(): Promise<void> {
  for (const shop of Object.values(shops)) await train(shop);
}

/** Trains the model of a shop where there is none that this version reads. */
async function train({ description, model, events, items, training }: DemoShop): Promise<void> {
  const isThere = await access(`${model}/manifest.json`)
    .then(() => finish(runScript(TRAINER, ['inspect', model], {}, 'ignore')))
    .then(
      () => true,
      () => false,
    );
  if (isThere) return;
  console.log(`No model of ${description.name} yet: training one, a minute or so.`);
  await evershelf(['train', '--events', events, '--items', items, ...training, '--out', model]);
}

async function evershelf(args: readonly string[]): Promise<void> {
  await finish(runScript(TRAINER, args, { EVERSHELF_TOKEN: token })).catch(() => {
    throw new Error(`evershelf ${args[0]} has failed; what it said stands where the demo was started`);
  });
}

/** Starts the metadata service of a shop on a free port; settles with its address. */
async function startService({ description }: DemoShop): Promise<string> {
  const service = runScript(
    SERVICE,
    ['--port', '0', '--data', join(options.shop ?? at('.shop'), description.id)],
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

/** Builds a storefront and serves it. */
async function serveStorefront({ port, ...rest }: ShopConfigOptions & { port: number }): Promise<void> {
  const config = shopConfig(rest);
  await build(config);
  await preview({ ...config, preview: { ...config.preview, port, strictPort: true } });
}

/** The port that was asked for; else the first free one from another on. Said before the training, not after it. */
async function portFor(text: string | undefined, from: number): Promise<number> {
  if (text !== undefined && text !== '') {
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`port: found ${text}, wanted a number from 1 to 65535`);
    if (await isFree(port)) return port;
    throw new Error(`port ${port}: found it taken, wanted a free one; choose another with PORT or --port`);
  }
  for (let port = from; port < from + 100; port += 1) if (await isFree(port)) return port;
  throw new Error(`ports: found ${from} to ${from + 99} taken, wanted a free one; choose one with --port`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, 'localhost');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}

function entries<Key extends string, Value>(
  record: Readonly<Record<Key, Value>>,
): readonly (readonly [Key, Value])[] {
  return Object.entries(record) as [Key, Value][];
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
