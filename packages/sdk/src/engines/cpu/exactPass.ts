import { bestItems } from '../bestItems.ts';
import type { Ask, Ranked } from '../Engine.ts';
import { hasItem } from '../mask.ts';
import { LARGEST } from './coarseSteps.ts';
import type { Kernels } from './kernels.ts';
import { largestOf } from '../largestOf.ts';
import { BLOCK, type LoadedShop } from './shopMemory.ts';

/**
 * Gives the k best of some items and of those that the query has values for, scored as exactly as single precision. The items
 * are unmasked ones, and none that the query has a value for.
 */
export function exactPass({ memory, run }: Kernels) {
  /** What the query that is answered adds to each row of the table; 0 at all other times. */
  let matched = new Float32Array(0);
  /** Which item each of the rows belongs to that are scored at once. */
  const owners = new Uint32Array(BLOCK);

  /**
   * Lays the query into the memory: so many steps, their whole part and what is left of it as 16-bit numbers each, so that a row
   * times a query is whole numbers, as exact as single precision.
   *
   * @returns the step
   */
  const lay = (vector: Float32Array, at: LoadedShop['at']): number => {
    const step = largestOf(vector) / LARGEST;
    const high = new Int16Array(memory.buffer, at.query, vector.length + 8).fill(0);
    const low = new Int16Array(memory.buffer, at.low, vector.length + 8).fill(0);
    if (step === 0) return step;
    for (let d = 0; d < vector.length; d++) {
      const steps = vector[d]! / step;
      high[d] = Math.round(steps);
      low[d] = Math.round((steps - high[d]!) * 2 * LARGEST);
    }
    return step;
  };

  return ({ at, shop, placeOf }: LoadedShop, ask: Ask, items: ArrayLike<number>): Ranked => {
    const { query, prior, mask, k } = ask;
    const { dim } = shop.tables;
    const { offsets, rows: itemRows } = shop.index;
    const { matchRows, matchValues } = query;
    const valued = Array.from(query.items.keys()).filter((at) => hasItem(mask, query.items[at]!));
    const scores = new Float64Array(items.length + valued.length);
    if (matched.length !== placeOf.length) matched = new Float32Array(placeOf.length);
    const step = lay(query.vector, at);
    const rows = new Uint32Array(memory.buffer, at.places, BLOCK);
    const dots = new Float32Array(memory.buffer, at.scores, BLOCK);
    let n = 0;
    const flush = (): void => {
      run.exact(at.int8, at.scales, at.query, at.low, dim, at.places, n, at.scores);
      for (let r = 0; r < n; r++) scores[owners[r]!]! += step * dots[r]!;
      n = 0;
    };
    const score = (item: number, s: number): void => {
      scores[s]! += prior[item]!;
      for (let r = offsets[item]!; r < offsets[item + 1]!; r++) {
        const row = itemRows[r]!;
        scores[s]! += matched[row]!;
        owners[n] = s;
        rows[n++] = placeOf[row]!;
        if (n === BLOCK) flush();
      }
    };

    for (let m = 0; m < matchRows.length; m++) matched[matchRows[m]!] = matchValues[m]!;
    for (let s = 0; s < items.length; s++) score(items[s]!, s);
    valued.forEach((m, v) => {
      scores[items.length + v] = query.itemValues[m]!;
      score(query.items[m]!, items.length + v);
    });
    flush();
    for (let m = 0; m < matchRows.length; m++) matched[matchRows[m]!] = 0;

    const best = bestItems(k, shop.ids);
    for (let s = 0; s < items.length; s++) best.offer(items[s]!, Math.fround(scores[s]!));
    valued.forEach((m, v) => best.offer(query.items[m]!, Math.fround(scores[items.length + v]!)));
    return best.ranked();
  };
}
