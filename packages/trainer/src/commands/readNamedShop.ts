import { describeProblem } from '../read/Problems.ts';
import { readShop, type Shop } from '../readShop.ts';
import type { ShopOptions } from './shopOptions.ts';
import { dayOf } from '../report/dayOf.ts';

/** Reads the shop and says on standard error what it found. */
export async function readNamedShop(options: ShopOptions): Promise<Shop> {
  const shop = await readShop(options);
  const { log } = shop;
  const count = (n: number): string => n.toLocaleString('en');
  console.error(
    log.count === 0
      ? `${count(shop.items.length)} items, and no event yet`
      : `${count(log.count)} events of ${count(log.itemIds.length)} items in ${count(log.sequences)} ` +
          `${log.sequenceKind} histories, ${dayOf(log.time[0]!)} to ${dayOf(log.time[log.count - 1]!)}`,
  );
  for (const problem of shop.problems) console.error(`! ${describeProblem(problem)}`);
  const features = shop.schema.map(
    (encoder) =>
      `${encoder.as === 'cross' ? encoder.attributes.join('*') : encoder.attribute} (${encoder.as})`,
  );
  console.error(features.length > 0 ? `features: ${features.join(', ')}` : 'features: ids only');
  return shop;
}
