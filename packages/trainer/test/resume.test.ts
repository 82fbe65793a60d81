import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { shopFolder } from './syntheticShop.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
let path: (name: string) => string;

beforeAll(async () => {
  path = await shopFolder();
});

function start(out: string, ...more: string[]) {
  const files = ['--events', path('events.csv'), '--items', path('items.csv')];
  const options = ['--out', path(out), '--epochs', '2', '--dim', '8', '--head-events', '50', ...more];
  const child = spawn(process.execPath, ['--import', 'tsx', cli, 'train', ...files, ...options]);
  let err = '';
  child.stderr.on('data', (text) => (err += text));
  return { child, closed: once(child, 'close').then(() => err) };
}

const kept = (out: string): string => join(path('.'), `.${out}.stages`);

/** Trains until a stage is kept, and is ended then. */
async function interrupted(
  out: string,
  stage: string,
  signal: 'SIGKILL' | 'SIGINT' = 'SIGKILL',
): Promise<void> {
  const { child, closed } = start(out);
  await vi.waitFor(async () => expect(await readdir(kept(out))).toContain(stage), {
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
  it.each([
    ['edges', 'SIGKILL'],
    ['two-tower-latest-tenth', 'SIGINT'],
  ] as const)('goes on behind %s after a %s, to the same bytes', async (stage, signal) => {
    await interrupted(stage, stage, signal);
    const err = await start(stage).closed;
    expect(err).toContain(
      `${stage.replace('-latest', ', latest').replace('-tenth', ' tenth')}: finished by an earlier run`,
    );
    await start('whole').closed;
    expect(await artifact(stage)).toEqual(await artifact('whole'));
    expect((await readdir(path('.'))).filter((name) => name.endsWith('.stages'))).toEqual([]);
  });

  it('starts over with other options, and makes again what it finds torn', async () => {
    await interrupted('torn', 'edges');
    const file = join(kept('torn'), 'edges');
    await truncate(file, 1000);
    expect(await start('torn').closed).not.toContain('edges: finished');
    expect(await artifact('torn')).toEqual(await artifact('whole'));
    await interrupted('other', 'edges');
    expect(await start('other', '--seed', '2').closed).not.toContain('finished by an earlier run');
  });
});
