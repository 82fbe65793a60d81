import { Worker } from 'node:worker_threads';
import type { FuzzOrder, FuzzRun } from './FuzzRun.ts';
import { readCorpus } from './corpus.ts';
import type { TargetName } from './targets.ts';

/** Milliseconds that one input may take: on a busy machine none comes near. */
const LONGEST = 20_000;
/** Megabytes that the objects of a thread may take. */
const HEAP = 512;
const ROOM = 1 << 20;

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Told how many inputs are done. */
  tell(done: number): void;
  readonly signal?: AbortSignal;
}

/**
 * Fuzzes a target in a thread of its own, by what its code has gone through: inputs that go a new way are changed further.
 *
 * An input that takes longer than 20 s, or for which 512 MB are not enough, ends the run, as its one failure.
 */
export async function fuzz(
  target: TargetName,
  { inputs, seed, tell, signal }: FuzzOptions,
): Promise<FuzzRun> {
  signal?.throwIfAborted();
  const running = new SharedArrayBuffer(ROOM);
  const place = new Int32Array(running, 0, 2);
  const order: FuzzOrder = { target, inputs, seed, corpus: readCorpus(target), running };
  const worker = new Worker(new URL('worker.mjs', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
  });
  const began = performance.now();
  let done = 0;
  let [latest, since] = [0, began];
  let watch: ReturnType<typeof setInterval> | undefined;
  const failed = (message: string): FuzzRun => ({
    reads: target,
    inputs: done,
    seconds: (performance.now() - began) / 1000,
    ways: 0,
    gone: 0,
    slowest: performance.now() - since,
    failures: [{ message, input: Uint8Array.from(new Uint8Array(running, 8, place[1])) }],
    corpus: [],
  });
  try {
    return await new Promise<FuzzRun>((resolve, reject) => {
      worker.on('message', (said: { readonly done: number } | { readonly run: FuzzRun }) => {
        if ('run' in said) return resolve(said.run);
        done = said.done;
        tell(done);
      });
      worker.on('error', (error: Error & { code?: string }) => {
        if (Atomics.load(place, 0) > 0) resolve(failed(`the thread ended: ${error.stack ?? error.message}`));
        else reject(error);
      });
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      watch = setInterval(() => {
        const now = Atomics.load(place, 0);
        if (now === 0 || now !== latest) [latest, since] = [now, performance.now()];
        else if (performance.now() - since > LONGEST) resolve(failed(`no end after ${LONGEST} ms`));
      }, 250);
    });
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}
