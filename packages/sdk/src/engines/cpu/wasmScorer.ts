import type { Ask, Ranked } from '../Engine.ts';
import { countItems } from '../countItems.ts';
import { itemsOf } from '../itemsOf.ts';
import { type Mask, removeItem } from '../mask.ts';
import { coarsePass, type Search } from './coarsePass.ts';
import { exactPass } from './exactPass.ts';
import { openKernels } from './kernels.ts';
import type { Scorer } from './Scorer.ts';
import { LANES, shopMemory } from './shopMemory.ts';

/** Scoring an item exactly takes about as long as this many items and rows take in the coarse pass. */
const EXACT_COST = 64;
/** So many contexts or more are answered side by side. */
const LEAST_TOGETHER = 4;

/**
 * Ranks with WebAssembly SIMD, in two passes: all items in 16-bit steps, which leaves those near the k best, and these exactly.
 *
 * @returns undefined where the page's policy forbids WebAssembly or the browser has no SIMD
 */
export function wasmScorer(): Scorer | undefined {
  const kernels = openKernels();
  if (kernels === undefined) return undefined;
  const shops = shopMemory(kernels.memory);
  const narrow = coarsePass(kernels);
  const rank = exactPass(kernels);
  return {
    atOnce: LANES,
    load: shops.load,
    topK(asks) {
      const loaded = shops.loaded();
      const answers = new Map<Ask, Ranked>();
      const few = Math.floor((loaded.shop.index.count + loaded.used) / EXACT_COST);
      const searches: Search[] = [];
      for (const ask of asks) {
        const mask = othersOf(ask);
        if (countItems(mask, few + 1) <= few) answers.set(ask, rank(loaded, ask, itemsOf(mask)));
        else searches.push({ ask, mask });
      }
      const parts = searches.length < LEAST_TOGETHER ? searches.map((search) => [search]) : [searches];
      for (const part of parts) {
        const items = narrow(loaded, part);
        part.forEach(({ ask }, c) => answers.set(ask, rank(loaded, ask, items[c]!)));
      }
      return asks.map((ask) => answers.get(ask)!);
    },
  };
}

/** The items that may come back, less those that the query has values for: they are scored exactly in any case. */
function othersOf({ query, mask }: Ask): Mask {
  if (query.items.length === 0) return mask;
  const others = mask.slice();
  for (const item of query.items) removeItem(others, item);
  return others;
}
