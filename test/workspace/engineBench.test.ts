import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineBench, ENGINES, IN_NODE } from '../bench/engine/EngineBench.ts';

const run = promisify(execFile);
const RUN = ['--import', 'tsx', 'test/bench/run.ts', 'engine'];
const SMALL = ['--items', '100', '--contexts', '1', '--rounds', '1'];

const runtimes = {
  async browser(_folder: string, file: string) {
    await run(process.execPath, [...RUN, ...SMALL, '--json', file]);
  },
  /** What is packed is run from elsewhere, with nothing of this repository beside it. */
  async node(folder: string, file: string) {
    const packed = join(folder, 'packed');
    const { stdout } = await run(process.execPath, [...RUN, '--runtime', 'node', '--pack', packed]);
    const [, mebibytes] = /: ([\d.]+) MiB/.exec(stdout)!;
    expect(Number(mebibytes)).toBeLessThanOrEqual(64);
    await run(process.execPath, [join(packed, 'engine.js'), ...SMALL, '--json', file], { cwd: folder });
  },
};

describe.each([
  { runtime: 'browser', engines: ENGINES } as const,
  { runtime: 'node', engines: IN_NODE } as const,
])('the bench of the engines, runtime: $runtime', ({ runtime, engines }) => {
  let folder: string;
  let bench: EngineBench;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evershelf-engines-'));
    const file = join(folder, 'bench.json');
    await runtimes[runtime](folder, file);
    bench = JSON.parse(await readFile(file, 'utf8')) as EngineBench;
  }, 240_000);

  afterAll(() => rm(folder, { recursive: true }));

  it('measures each engine, or says why not', () => {
    const named = [...bench.rows, ...bench.cannot].map(({ engine }) => engine);
    expect(named.toSorted()).toEqual(engines.toSorted());
    for (const { reason } of bench.cannot) expect(reason).not.toBe('');
  });

  it('has our own on any machine', () => {
    expect(bench.rows.map(({ engine }) => engine)).toEqual(
      expect.arrayContaining(['cpu', 'webgpu', 'auto', 'gatherDot']),
    );
  });

  it('names where it was measured', () => {
    expect(bench.place).toMatchObject({ runtime, adapter: expect.not.stringMatching(/^none$|^$/) });
  });

  it('has a time and the bytes of the model of what it measured', () => {
    for (const { items, contexts, p50Ms, p95Ms, bytes, rounds } of bench.rows) {
      expect({ items, contexts, rounds }).toEqual({ items: 100, contexts: 1, rounds: 1 });
      expect(p50Ms).toBeGreaterThanOrEqual(0);
      expect(p95Ms).toBeGreaterThanOrEqual(p50Ms);
      expect(bytes).toBeGreaterThan(0);
    }
  });

  it('has a ratio to each peer, and one to the bound only where a million items were measured', () => {
    const { bandwidth, auto, ...peers } = bench.ratios;
    expect(bandwidth).toBeNull();
    expect(peers.gatherDot).toBeGreaterThan(0);
    expect(auto).toBeGreaterThan(0);
  });
});
