import type { Store } from '../src/index.ts';

/** A way to a store that can break off for ever, as it does for a process that dies. */
export interface MortalStore extends Store {
  /** Nothing reaches the store any more, or any that waits, after so many more steps of it. */
  dieAfter(steps: number): void;
}

/**
 * @param store what several ways lead to
 * @param pause how many turns of the event loop each step takes
 */
export function mortalStore(store: Store, pause: () => number = () => 0): MortalStore {
  let left = Infinity;
  const step = async <T>(task: () => Promise<T>): Promise<T> => {
    for (let turns = pause(); turns > 0; turns--) await new Promise(setImmediate);
    if (left <= 0) throw new Error('dead');
    left--;
    return await task();
  };
  return {
    dieAfter(steps) {
      left = steps;
    },
    getMany: (keys) => step(() => store.getMany(keys)),
    // No store promises more than one entry at a time.
    async putMany(entries, version) {
      const written: boolean[] = [];
      for (const entry of entries) written.push(...(await step(() => store.putMany([entry], version))));
      return written;
    },
    async deleteMany(keys) {
      for (const key of keys) await step(() => store.deleteMany([key]));
    },
    async *scan(group) {
      for await (const record of store.scan(group)) yield await step(async () => record);
    },
    async close() {},
  };
}
