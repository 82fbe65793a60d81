import { fuzzAll } from '../../fuzz/fuzzAll.ts';
import { TARGETS, type TargetName } from '../../fuzz/targets.ts';
import type { Budget, SoakRow } from '../SoakPart.ts';

/** Of all targets together. */
const INPUTS = { smoke: 150, short: 3_000, long: 1_000_000 };
const THREADS = 2;

/** Fuzzes all that reads from outside, by what its code has gone through. */
export async function fuzz({ length, tell, signal }: Budget): Promise<SoakRow[]> {
  const all = Object.keys(TARGETS) as TargetName[];
  // The gate reads the whole corpus elsewhere: one is enough to see that the part runs.
  const names = length === 'smoke' ? all.filter((name) => name === 'item') : all;
  const runs = await fuzzAll(names, {
    inputs: INPUTS[length],
    seed: length === 'smoke' ? 1 : Date.now() % 2 ** 31,
    threads: THREADS,
    tell,
    signal,
  });
  return Array.from(runs.values(), ({ reads, inputs, seconds, ways, gone, slowest, failures }) => ({
    subject: reads,
    seconds,
    figures: {
      inputs,
      failures: failures.length,
      'branches and functions': ways,
      'of them gone through': gone,
      'slowest, ms': Math.round(slowest),
    },
    broken: failures.map(({ message }) => message.split('\n')[0]!.slice(0, 300)),
  }));
}
