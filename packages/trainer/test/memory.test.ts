import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { cooccurrence } from '../src/edges/cooccurrence.ts';
import { edgeSizes } from '../src/edges/edgeSizes.ts';
import { groupsOf } from '../src/edges/Groups.ts';
import { readShop } from '../src/index.ts';
import { commandOf } from './commandOf.ts';
import { shopFolder, syntheticShop } from './syntheticShop.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const TELL_PEAK = `process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS * 1024))`;
let path: (name: string) => string;

beforeAll(async () => {
  path = await shopFolder(syntheticShop({ shoppers: 500, perDepartment: 500 }));
  await writeFile(path('peak.mjs'), TELL_PEAK);
}, 60_000);

const shop = (): string[] => ['--events', path('events.csv'), '--items', path('items.csv')];

/** Runs a command in a process of its own; gives what it said and its peak of memory, in bytes. */
async function measured(...args: string[]): Promise<{ err: string; peak: number }> {
  const { stderr: err } = await promisify(execFile)(process.execPath, [
    ...['--import', 'tsx', '--import', path('peak.mjs'), cli, ...args],
  ]);
  return { err, peak: Number(/^peak (\d+)$/m.exec(err)![1]) };
}

describe('--memory', { timeout: 120_000 }, () => {
  it.each([
    ['train', ['--out', 'model']],
    ['eval', ['--methods', 'evershelf']],
  ])('is never exceeded by %s, which takes fewer threads instead', async (command, more) => {
    const fast = ['--epochs', '1', '--head-events', '300', '--threads', '16'];
    const own = more.map((each) => (each === 'model' ? path(each) : each));
    const { err, peak } = await measured(command, ...shop(), ...own, ...fast, '--memory', '512MB');
    expect(err).toMatch(/^\d of 16 threads, which is what the memory is enough for$/m);
    expect(peak).toBeLessThan(512 * 2 ** 20);
  });

  it('is said to be too little before anything is trained', async () => {
    const tables = ['--rows', '1048576', '--dim', '256'];
    const { code, err } = await commandOf(
      ...['train', ...shop(), '--out', path('none'), ...tables, '--memory', '2GB'],
    );
    expect(code).toBe(1);
    expect(err).toMatch(
      /found 1\d,\d+ events of 3,9\d+ items and 1,048,576 rows, which take up to [\d,]+ MB to train on, wanted at most 2,048 MB: allow more \(--memory\), take smaller tables \(--rows, --dim\)/,
    );
    expect(err).not.toContain('two-tower');
  });

  it('goes by a sample of the edges, which tells how many there are', async () => {
    const own = await shopFolder(syntheticShop({ shoppers: 400, perDepartment: 100 }));
    const { log } = await readShop({ events: [own('events.csv')], map: {} });
    const items = log.itemIds.length;
    const { pairs } = cooccurrence(groupsOf(log, log.count, items), items, 120);
    const told = edgeSizes(log, items);
    expect(pairs.to.length).toBeGreaterThan(0);
    expect(told.pairs / pairs.to.length).toBeGreaterThan(0.75);
    expect(told.pairs / pairs.to.length).toBeLessThan(1.33);
  });
});
