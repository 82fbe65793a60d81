import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../..', import.meta.url));
const TEST = join(PACKAGES, 'sdk/test');
const BUILT = join(PACKAGES, 'sdk/node_modules/.cache/pages');
/** What the pages are made of. */
const SOURCES = ['model/src', 'model/test', 'sdk/src', 'sdk/test', '../pnpm-lock.yaml'];
/** Milliseconds in which another process has built them, or was killed. */
const PATIENCE = 60_000;
/** Milliseconds after which nobody serves those of other sources. */
const OLD = 3_600_000;

/** The folder of the pages of the tests, as vite builds them; whoever wants them first builds them all, once for the sources as they are. */
export async function builtPages(): Promise<string> {
  const folder = join(BUILT, await hashOf(SOURCES));
  if (existsSync(folder)) return folder;
  await mkdir(BUILT, { recursive: true });
  const building = `${folder}.building`;
  const isOurs = await mkdir(building).then(
    () => true,
    () => false,
  );
  if (!isOurs)
    for (let waited = 0; waited < PATIENCE; waited += 100) {
      if (existsSync(folder)) return folder;
      await pause(100);
    }
  await dropOld();
  await build(building);
  await rename(building, folder);
  return folder;
}

async function build(outDir: string): Promise<void> {
  // Takes longer to load than most tests to run.
  const vite = await import('vite');
  const pages = (await readdir(TEST, { recursive: true })).filter((file) => file.endsWith('.html'));
  await vite.build({
    configFile: false,
    root: TEST,
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      ...{ outDir, target: 'es2022', minify: false, modulePreload: false, reportCompressedSize: false },
      rolldownOptions: { input: pages.map((file) => join(TEST, file)) },
    },
  });
}

async function hashOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    const whole = join(PACKAGES, path);
    const files = path.endsWith('.yaml') ? [whole] : await filesIn(whole);
    for (const file of files) hash.update(file).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
}

async function dropOld(): Promise<void> {
  for (const name of await readdir(BUILT)) {
    const folder = join(BUILT, name);
    if (Date.now() - (await stat(folder)).mtimeMs > OLD) await rm(folder, { recursive: true });
  }
}
