import { availableParallelism } from 'node:os';
import { evaluate, readShop, TRAIN_DEFAULTS, withWorkers } from '../../packages/trainer/src/index.ts';
import { METHODS } from '../../packages/trainer/src/evaluate/methods.ts';

/** Reads a shop, trains and judges the model, and prints seconds and the peak of memory, as JSON. */
const [events, items] = process.argv.slice(2) as [string, string];
const began = performance.now();
const seconds = (): number => (performance.now() - began) / 1000;
const shop = await readShop({ events: [events], items: [items], map: {} });
const read = seconds();
const threads = availableParallelism();
const { methods } = await withWorkers(threads, (workers) =>
  evaluate(workers, shop.log, shop.items, shop.schema, TRAIN_DEFAULTS, () => {}, [METHODS[0]]),
);
const { trainSeconds } = methods[METHODS[0]]!;
console.log(
  JSON.stringify({
    events: shop.log.count,
    items: shop.log.itemIds.length,
    threads,
    read,
    train: trainSeconds,
    judge: seconds() - read - trainSeconds,
    all: seconds(),
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
