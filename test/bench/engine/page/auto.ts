import { NO_STORE } from '../../../../packages/sdk/src/device/DeviceStore.ts';
import { chooseEngine } from '../../../../packages/sdk/src/engines/chooseEngine.ts';
import { openWebgpu } from '../../../../packages/sdk/src/engines/openWebgpu.ts';
import { openWorkerEngine } from '../../../../packages/sdk/src/engines/openWorkerEngine.ts';
import type { WorkerEngine } from '../../../../packages/sdk/src/engines/worker/workerEngine.ts';
import { asker } from './asker.ts';
import { bytesOf } from './bytesOf.ts';
import type { Contender } from './Contender.ts';
import type { BenchShop } from './makeShop.ts';

/** Milliseconds between two answers, in which the others are measured. */
const PAUSE = 500;

/** As a page does, and as a ranker in Node, which has the thread to itself; peers bring Node a `Worker` that is none of a browser's. */
async function openWorker(): Promise<WorkerEngine> {
  if (typeof document === 'undefined') throw new Error('batch work has the thread to itself');
  return openWorkerEngine();
}

/** What a shelf does that is told `auto`: it measures our engines on the questions that it was asked, and goes on with the best. */
export function auto(shop: BenchShop): Contender {
  const asksOf = asker(shop);
  const choice = chooseEngine({
    wish: 'auto',
    model: 'bench',
    store: NO_STORE,
    openWorker,
    openGpu: openWebgpu,
    changed() {},
  });
  const topK = async (queries: readonly Float32Array[]): Promise<Uint32Array[]> =>
    (await choice.rank({ ...shop }, asksOf(queries))).ranked.map(({ items }) => items);
  return {
    bytes: bytesOf(shop),
    topK,
    async settle(queries) {
      const batch = queries.length > 1 ? 'many' : 'one';
      const before = choice.reason(batch);
      // Where only another, warm answer can tell, it waits for that.
      do {
        await topK(queries);
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      } while (choice.reason(batch) === before);
      return `${choice.name(batch)}: ${choice.reason(batch)}`;
    },
  };
}
