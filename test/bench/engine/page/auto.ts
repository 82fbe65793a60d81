import { NO_STORE } from '../../../../packages/sdk/src/device/DeviceStore.ts';
import { chooseEngine } from '../../../../packages/sdk/src/engines/chooseEngine.ts';
import { openWebgpu } from '../../../../packages/sdk/src/engines/openWebgpu.ts';
import { openWorkerEngine } from '../../../../packages/sdk/src/engines/openWorkerEngine.ts';
import { asker } from './asker.ts';
import { bytesOf } from './bytesOf.ts';
import type { Contender } from './Contender.ts';
import type { BenchShop } from './makeShop.ts';

/** Milliseconds between two looks at whether the choice is made. */
const PAUSE = 50;

/** What a shelf does that is told `auto`: it measures our engines on the questions that it was asked, and goes on with the best. */
export function auto(shop: BenchShop): Contender {
  const asksOf = asker(shop);
  const choice = chooseEngine({
    wish: 'auto',
    model: 'bench',
    store: NO_STORE,
    openWorker: openWorkerEngine,
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
      await topK(queries);
      while (choice.reason(batch) === before) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      return `${choice.name(batch)}: ${choice.reason(batch)}`;
    },
  };
}
