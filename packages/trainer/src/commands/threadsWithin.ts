import { InputError } from '../read/InputError.ts';
import type { Shop } from '../readShop.ts';
import { trainingMemory } from '../train/trainingMemory.ts';
import { trainingSize } from '../train/trainingSize.ts';
import { collect } from '../workers/collect.ts';
import type { ShopOptions } from './shopOptions.ts';
import { trainOptions } from './trainOptions.ts';

/**
 * The threads that train within the memory of the options: as many as they name, fewer where these would take too much.
 *
 * @throws {InputError} where one would
 */
export function threadsWithin({ log, items, schema }: Shop, options: ShopOptions): number {
  const { memory, threads } = options;
  if (memory === undefined || log.count === 0) return threads;
  collect();
  const taken = process.memoryUsage.rss();
  const size = trainingSize(log, items, schema, trainOptions(options));
  const needed = (n: number): number => taken + trainingMemory(size, n);
  for (let n = threads; n > 0; n--) {
    if (needed(n) > memory) continue;
    if (n < threads) console.error(`${n} of ${threads} threads, which is what the memory is enough for`);
    return n;
  }
  const count = (n: number): string => n.toLocaleString('en');
  const megabytes = (bytes: number): string => `${count(Math.ceil(bytes / 2 ** 20))} MB`;
  throw new InputError(
    `found ${count(size.events)} events of ${count(size.items)} items and ${count(size.rows)} rows, which take up to ${megabytes(needed(1))} to train on, ` +
      `wanted at most ${megabytes(memory)}: allow more (--memory), take smaller tables (--rows, --dim), fewer --head-events, or give fewer events`,
  );
}
