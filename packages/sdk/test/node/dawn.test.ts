import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRanker } from '../../src/node/index.ts';
import { artifactFolder } from './artifactFolder.ts';
import type { Offered } from './dawnProcess.ts';
import { findVulkan } from './findVulkan.ts';
import { vulkanEnvironment } from './vulkanEnvironment.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('dawnProcess.ts', import.meta.url));

/** Calls what the process offers; it has to end by itself. */
async function inNode<Name extends keyof Offered>(
  name: Name,
  args: Parameters<Offered[Name]>,
  env: NodeJS.ProcessEnv = vulkanEnvironment(findVulkan()),
): Promise<Awaited<ReturnType<Offered[Name]>>> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script, name, JSON.stringify(args)], {
    env,
    timeout: 200_000,
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as never;
}

const NOW = 1_760_000_000_000;
const QUESTIONS = Array.from({ length: 50 }, (_, i) => ({
  k: 20,
  history: i === 0 ? [] : [{ item: `item ${i} ü`, kind: 'purchase', time: NOW - 86_400_000 * i }],
  ...(i % 2 === 0 ? {} : { context: `item ${(i * 7) % 60} ü`, intent: 'discover' as const }),
}));

let folder: string;
/** What a process with a GPU found; it starts so slowly that one does all. */
let judged: Awaited<ReturnType<Offered['judge']>>;

beforeAll(async () => {
  folder = await artifactFolder();
  judged = await inNode('judge', [{ model: folder, engine: 'webgpu' }, QUESTIONS]);
}, 240_000);
afterAll(() => rm(folder, { recursive: true }));

describe('the WebGPU engine in Node, through Dawn', () => {
  beforeEach((context) => {
    if (judged.missing === undefined) return;
    if (process.env['CI']) expect.fail(judged.missing);
    context.skip(`Dawn has no adapter on this machine: ${judged.missing}`);
  });

  it('ranks as the reference scorer does', () => {
    expect(judged.failures).toEqual([]);
  });

  it('gives many shoppers the shelves that the CPU gives', async () => {
    const { shelves, engine } = judged.ranked!;
    expect(engine).toMatchObject({ name: 'webgpu', reason: 'the page asked for the GPU' });
    const ranker = await openRanker({ model: folder, engine: 'cpu' });
    const wanted = await ranker.rankAll(QUESTIONS);
    shelves.forEach(({ items, engine: by }, s) => {
      expect(by).toBe('webgpu');
      expect(items.map(({ item }) => item.id)).toEqual(wanted[s]!.items.map(({ item }) => item.id));
      items.forEach(({ score }, place) => expect(score).toBeCloseTo(wanted[s]!.items[place]!.score, 3));
    });
    ranker.close();
  });
});

describe('the ranker where Dawn has no adapter', () => {
  it('goes on with the CPU, and says why', async () => {
    const nowhere = { ...process.env, VK_DRIVER_FILES: folder, VK_ICD_FILENAMES: folder };
    const { shelves, engine } = await inNode('rank', [{ model: folder, engine: 'webgpu' }, [{}]], nowhere);
    expect(shelves[0]!.engine).toBe('cpu');
    expect(shelves[0]!.items).toHaveLength(8);
    expect(engine).toMatchObject({ name: 'cpu', reason: 'no GPU: there is no adapter' });
  }, 60_000);
});
