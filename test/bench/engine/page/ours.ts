import type { Engine } from '../../../../packages/sdk/src/engines/Engine.ts';
import { allItems, type Mask } from '../../../../packages/sdk/src/engines/mask.ts';
import { type Contender, K } from './Contender.ts';
import type { BenchShop } from './makeShop.ts';

/** An engine of ours, asked as `recommendAll` asks it: a shop that is looked at each time, a mask of its own for each context. */
export function ours(engine: Engine, shop: BenchShop): Contender {
  const { tables, index, prior } = shop;
  const { matchRows, matchValues } = { matchRows: new Uint32Array(0), matchValues: new Float32Array(0) };
  const { items, itemValues } = { items: new Uint32Array(0), itemValues: new Float32Array(0) };
  const masks: Mask[] = [];
  engine.load(shop);
  return {
    bytes: [tables.item, tables.itemScale, index.offsets, index.rows, prior].reduce(
      (sum, { byteLength }) => sum + byteLength,
      0,
    ),
    async topK(queries) {
      engine.load({ ...shop });
      const answers = await engine.topK(
        queries.map((vector, c) => ({
          query: { vector, matchRows, matchValues, items, itemValues },
          prior,
          mask: (masks[c] ??= allItems(index.count)),
          k: K,
        })),
      );
      return answers.map(({ items }) => items);
    },
  };
}
