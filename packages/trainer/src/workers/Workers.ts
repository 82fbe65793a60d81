import { Tinypool } from 'tinypool';
import type { Jobs, Order, Tick } from './job.ts';
import { sharedArray } from './shared.ts';

/** Worker threads that take jobs in the order in which they are given. */
export interface Workers {
  readonly threads: number;
  /** Runs a job on the next free thread; its input and its result are copied but for typed arrays over shared memory. */
  run<J extends keyof Jobs>(
    job: J,
    input: Parameters<Jobs[J]>[0],
    progress?: Tick,
  ): Promise<Awaited<ReturnType<Jobs[J]>>>;
  /** Ends the threads, whatever they are doing. */
  close(): Promise<void>;
}

/** Milliseconds between two looks at how far a job is. */
const EVERY = 100;

/** The address of what threads run: beside this file, or made of the sources where this is one. */
async function jobFile(): Promise<string> {
  const at = (file: string): string => new URL(file, import.meta.url).href;
  if (!import.meta.url.endsWith('.ts')) return at('./job.js');
  const made = (await import(at('./job.dev.mjs'))) as { default: string };
  return made.default;
}

async function openWorkers(threads: number): Promise<Workers> {
  const pool = new Tinypool({
    filename: await jobFile(),
    // They read JavaScript alone: no loader that the process was started with.
    execArgv: [],
    minThreads: threads,
    maxThreads: threads,
    // A thread that waits for its next job would not come to collect what is left of the last one.
    useAtomics: false,
  });
  return {
    threads,
    async run(job, input, progress) {
      const ticks = sharedArray(Int32Array, 2);
      const look = (): void => {
        const [done, of] = [Atomics.load(ticks, 0), Atomics.load(ticks, 1)];
        if (done > 0) progress?.(done, of);
      };
      const timer = setInterval(look, EVERY);
      try {
        const result = await pool.run({ job, input, ticks } as Order);
        look();
        return result;
      } finally {
        clearInterval(timer);
      }
    },
    close: () => pool.destroy(),
  };
}

/**
 * Does something with worker threads, and ends them.
 *
 * @param threads that work; what they make is the same with any number
 */
export async function withWorkers<T>(threads: number, use: (workers: Workers) => Promise<T>): Promise<T> {
  const workers = await openWorkers(threads);
  try {
    return await use(workers);
  } finally {
    await workers.close();
  }
}
