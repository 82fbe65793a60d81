import { parentPort, workerData } from 'node:worker_threads';
import * as fc from 'fast-check';
import { openCoverage } from './coverage.ts';
import type { Failure, FuzzOrder, FuzzRun } from './FuzzRun.ts';
import { mutated } from './mutated.ts';
import { TARGETS } from './targets.ts';

/** The thread that fuzzes one target. */

const MOST = 4096;
/** Inputs that are drawn at a time, and failures that are kept. */
const DRAWN = 64;
const FAILURES = 20;
/** Milliseconds between two words of how far it is. */
const PACE = 500;

const { target: name, inputs, seed, corpus: known, running } = workerData as FuzzOrder;
const place = new Int32Array(running, 0, 2);
const room = new Uint8Array(running, 8);
const target = await TARGETS[name]();
const { most = MOST, drawn } = target;
const coverage = openCoverage();
coverage.take();

/** Inputs by the ways that they were the first to go, or the shortest to go. */
const holders = new Map<number, Uint8Array>();
let pool: Uint8Array[] = [];
const failures = new Map<string, Failure>();
let slowest = 0;
/** Inputs so far. */
let done = 0;

let state = seed >>> 0 || 1;
/** Marsaglia's xorshift, 32 bits. */
const below = (end: number): number => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % Math.max(1, end);
};

let fresh: Uint8Array[] = [];
const draw = (): Uint8Array => {
  if (fresh.length === 0) fresh = fc.sample(drawn, { numRuns: DRAWN, seed: below(2 ** 31) });
  return fresh.pop()!.subarray(0, most);
};

const tryInput = async (input: Uint8Array): Promise<void> => {
  room.set(input);
  place[1] = input.length;
  Atomics.store(place, 0, done + 1);
  const began = performance.now();
  try {
    // Most answer at once: a promise for each would take longer than they do.
    const pending = target.run(input);
    if (pending !== undefined) await pending;
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // One of a kind: what is thrown at the same place for the same reason.
    const kind = said.replaceAll(/"[^"]*"|\d+/g, '').slice(0, 400);
    if (failures.size < FAILURES && !failures.has(kind))
      failures.set(kind, { message: said, input: Uint8Array.from(input) });
  }
  slowest = Math.max(slowest, performance.now() - began);
  Atomics.store(place, 0, 0);
  done++;
  let isNew = false;
  for (const way of coverage.take()) {
    const holder = holders.get(way);
    isNew ||= holder === undefined;
    if (holder === undefined || input.length < holder.length) holders.set(way, input);
  }
  if (isNew) pool.push(input);
};

const started = performance.now();
let told = started;
for (const input of known) await tryInput(input.subarray(0, most));
for (let k = known.length; k < inputs; k++) {
  const input =
    pool.length === 0 || below(4) === 0
      ? draw()
      : mutated(pool[below(pool.length)]!, pool[below(pool.length)]!, most, below);
  await tryInput(input);
  if (performance.now() - told < PACE) continue;
  told = performance.now();
  pool = [...new Set([...holders.values(), ...pool.slice(-DRAWN)])];
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort!.postMessage({ done });
  // Lets messages out, and timers of what is read run.
  await new Promise((resolve) => setImmediate(resolve));
}

const { ways, gone } = coverage.reached();
const run: FuzzRun = {
  reads: target.reads,
  inputs: done,
  seconds: (performance.now() - started) / 1000,
  ways,
  gone,
  slowest,
  failures: [...failures.values()],
  corpus: fewest(),
};
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort!.postMessage({ run });

/** Inputs that go all ways between them: the one that goes most of those that are left, again and again. */
function fewest(): Uint8Array[] {
  const ways = new Map<Uint8Array, number[]>();
  for (const [way, input] of holders) ways.set(input, [...(ways.get(input) ?? []), way]);
  return [...ways].toSorted(([, a], [, b]) => b.length - a.length).map(([input]) => input);
}
