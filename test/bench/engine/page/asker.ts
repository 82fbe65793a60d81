import type { Ask } from '../../../../packages/sdk/src/engines/Engine.ts';
import { allItems, type Mask } from '../../../../packages/sdk/src/engines/mask.ts';
import { K } from './Contender.ts';
import type { BenchShop } from './makeShop.ts';

/** Makes questions of query vectors, as `recommendAll` does: a mask of its own for each context. */
export function asker({ index, prior }: BenchShop): (queries: readonly Float32Array[]) => Ask[] {
  const { matchRows, matchValues } = { matchRows: new Uint32Array(0), matchValues: new Float32Array(0) };
  const { items, itemValues } = { items: new Uint32Array(0), itemValues: new Float32Array(0) };
  const masks: Mask[] = [];
  return (queries) =>
    queries.map((vector, c) => ({
      query: { vector, matchRows, matchValues, items, itemValues },
      prior,
      mask: (masks[c] ??= allItems(index.count)),
      k: K,
    }));
}
