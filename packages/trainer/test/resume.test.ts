import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { commandOf } from './commandOf.ts';
import { shopFolder, syntheticShop } from './syntheticShop.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
/** Stages that trainings had kept when they were ended, and by what; each goes to a folder of that name. */
const INTERRUPTED = [
  ['edges', 'SIGKILL'],
  ['two-tower-latest-tenth', 'SIGINT'],
] as const;
let path: (name: string) => string;

beforeAll(async () => {
  path = await shopFolder(syntheticShop({ shoppers: 60 }));
  await finished('whole');
  for (const [stage, signal] of INTERRUPTED) await interrupted(stage, signal);
  for (const out of ['torn', 'other']) await cp(kept('edges'), kept(out), { recursive: true });
}, 120_000);

const training = (out: string): string[] => [
  ...['train', '--events', path('events.csv'), '--items', path('items.csv'), '--out', path(out)],
  ...['--epochs', '2', '--dim', '8', '--head-events', '50'],
];

/** Trains to the end; gives what was said of it. */
async function finished(out: string, ...more: string[]): Promise<string> {
  const { code, err } = await commandOf(...training(out), ...more);
  expect(code, err).toBe(0);
  return err;
}

const kept = (out: string): string => join(path('.'), `.${out}.stages`);

/** Trains in a process of its own until a stage is kept, and ends that then. */
async function interrupted(stage: string, signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...training(stage)], { stdio: 'ignore' });
  const closed = once(child, 'close');
  await vi.waitFor(async () => expect(await readdir(kept(stage))).toContain(stage), {
    timeout: 30_000,
    interval: 5,
  });
  child.kill(signal);
  await closed;
}

async function artifact(out: string): Promise<Record<string, Buffer>> {
  const names = (await readdir(path(out))).toSorted();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(path(out), name))])),
  );
}

describe('a training that was ended early', { timeout: 120_000 }, () => {
  it.each(INTERRUPTED)('goes on behind %s after a %s, to the same bytes', async (stage) => {
    const err = await finished(stage);
    expect(err).toContain(
      `${stage.replace('-latest', ', latest').replace('-tenth', ' tenth')}: finished by an earlier run`,
    );
    expect(await artifact(stage)).toEqual(await artifact('whole'));
    expect(await readdir(path('.'))).not.toContain(`.${stage}.stages`);
  });

  it('starts over with other options, and makes again what it finds torn', async () => {
    const file = join(kept('torn'), 'edges');
    await truncate(file, 1000);
    expect(await finished('torn')).not.toContain('edges: finished');
    expect(await artifact('torn')).toEqual(await artifact('whole'));
    expect(await finished('other', '--seed', '2')).not.toContain('finished by an earlier run');
  });
});
