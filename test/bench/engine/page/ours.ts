import type { Engine } from '../../../../packages/sdk/src/engines/Engine.ts';
import { asker } from './asker.ts';
import { bytesOf } from './bytesOf.ts';
import type { Contender } from './Contender.ts';
import type { BenchShop } from './makeShop.ts';

/** An engine of ours, asked as `recommendAll` asks it: a shop that is looked at each time. */
export function ours(engine: Engine, shop: BenchShop): Contender {
  const asksOf = asker(shop);
  engine.load(shop);
  return {
    bytes: bytesOf(shop),
    async topK(queries) {
      engine.load({ ...shop });
      return (await engine.topK(asksOf(queries))).map(({ items }) => items);
    },
  };
}
