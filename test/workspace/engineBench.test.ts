import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineBench, ENGINES } from '../bench/engine/EngineBench.ts';

const run = promisify(execFile);
let folder: string;
let bench: EngineBench;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evershelf-engines-'));
  const file = join(folder, 'bench.json');
  const small = ['--items', '1000', '--contexts', '1', '--rounds', '1', '--json', file];
  await run(process.execPath, ['--import', 'tsx', 'test/bench/run.ts', 'engine', ...small]);
  bench = JSON.parse(await readFile(file, 'utf8')) as EngineBench;
}, 180_000);

afterAll(() => rm(folder, { recursive: true }));

describe('the bench of the engines', () => {
  it('measures each engine, or says why not', () => {
    const named = [...bench.rows, ...bench.cannot].map(({ engine }) => engine);
    expect(named.toSorted()).toEqual(ENGINES.toSorted());
    for (const { reason } of bench.cannot) expect(reason).not.toBe('');
  });

  it('has our own on any machine', () => {
    expect(bench.rows.map(({ engine }) => engine)).toEqual(
      expect.arrayContaining(['cpu', 'webgpu', 'gatherDot']),
    );
  });

  it('has a time and the bytes of the model of what it measured', () => {
    for (const { items, contexts, p50Ms, p95Ms, bytes, rounds } of bench.rows) {
      expect({ items, contexts, rounds }).toEqual({ items: 1000, contexts: 1, rounds: 1 });
      expect(p50Ms).toBeGreaterThanOrEqual(0);
      expect(p95Ms).toBeGreaterThanOrEqual(p50Ms);
      expect(bytes).toBeGreaterThan(0);
    }
  });

  it('has a ratio to each peer, and one to the bound only where a million items were measured', () => {
    const { bandwidth, ...peers } = bench.ratios;
    expect(bandwidth).toBeNull();
    expect(peers.gatherDot).toBeGreaterThan(0);
  });
});
