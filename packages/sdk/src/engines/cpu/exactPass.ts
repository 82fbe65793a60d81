import { bestItems } from '../bestItems.ts';
import type { Ask, Ranked } from '../Engine.ts';
import { hasItem } from '../mask.ts';
import { LARGEST } from './coarseSteps.ts';
import type { Kernels } from './kernels.ts';
import { largestOf } from '../largestOf.ts';
import { BLOCK, type LoadedShop } from './shopMemory.ts';

/** Items that are scored in one go. */
const AT_ONCE = BLOCK / 4;
/** No values for items. */
const NOTHING = new Float32Array(0);

/**
 * Gives the k best of some items and of those that the query has values for, scored as exactly as single precision. The items
 * are unmasked ones, and none that the query has a value for.
 */
export function exactPass({ memory, run }: Kernels) {
  /** Where the best of a question are collected, and then those of the next one. */
  let room = new Float64Array(0);

  /**
   * Lays the query into the memory: so many steps, their whole part and what is left of it as 16-bit numbers each, so that a row
   * times a query is whole numbers, as exact as single precision.
   *
   * @returns the step
   */
  const lay = (vector: Float32Array, at: LoadedShop['at']): number => {
    const dim = vector.length;
    const step = largestOf(vector) / LARGEST;
    const perStep = step > 0 ? 1 / step : 0;
    const high = new Int16Array(memory.buffer, at.query, dim + 8);
    const low = new Int16Array(memory.buffer, at.low, dim + 8);
    for (let d = 0; d < dim; d++) {
      const steps = vector[d]! * perStep;
      const whole = Math.round(steps);
      high[d] = whole;
      low[d] = Math.round((steps - whole) * 2 * LARGEST);
    }
    high.fill(0, dim);
    low.fill(0, dim);
    return step;
  };

  return (
    { at, shop, stride, rowsAt, groupOf, placeOf }: LoadedShop,
    ask: Ask,
    items: Uint32Array,
  ): Ranked => {
    const { query, prior, mask, k } = ask;
    const { matchRows, matchValues } = query;
    const { dim } = shop.tables;
    const { offsets } = shop.index;
    const most = 2 * Math.min(k, shop.ids.length) + 1;
    if (room.length < most) room = new Float64Array(most);
    const best = bestItems(k, shop.ids, room);
    const step = lay(query.vector, at);
    const matches = new Float32Array(memory.buffer, at.matches, placeOf.length);
    const rows = new Uint32Array(memory.buffer, at.places, 3 * AT_ONCE);
    const sums = new Float64Array(memory.buffer, at.scores, AT_ONCE);

    /** Offers items with what the query has for each, or nothing, and what they have of themselves. */
    const rank = (own: Uint32Array, values: Float32Array): void => {
      for (let from = 0; from < own.length; from += AT_ONCE) {
        const n = Math.min(AT_ONCE, own.length - from);
        for (let i = 0; i < n; i++) {
          const item = own[from + i]!;
          rows[3 * i] = rowsAt[item]!;
          rows[3 * i + 1] = offsets[item + 1]! - offsets[item]!;
          rows[3 * i + 2] = groupOf[item]! * stride;
          sums[i] = prior[item]! + (values.length > 0 ? values[from + i]! : 0);
        }
        run.exact(
          at.int8,
          at.scales,
          at.query,
          at.low,
          dim,
          step,
          matchRows.length > 0 ? at.matches : 0,
          stride === 2 ? 0xffff : -1,
          at.places,
          n,
          at.scores,
        );
        for (let i = 0; i < n; i++) best.offer(own[from + i]!, Math.fround(sums[i]!));
      }
    };

    // What the query adds to a row is in the memory while it is answered; 0 at all other times.
    for (let m = 0; m < matchRows.length; m++) {
      const place = placeOf[matchRows[m]!]!;
      if (place >= 0) matches[place] = matchValues[m]!;
    }
    rank(items, NOTHING);
    const valued = query.items.map((_, v) => v).filter((v) => hasItem(mask, query.items[v]!));
    if (valued.length > 0)
      rank(
        valued.map((v) => query.items[v]!),
        Float32Array.from(valued, (v) => query.itemValues[v]!),
      );
    for (let m = 0; m < matchRows.length; m++) {
      const place = placeOf[matchRows[m]!]!;
      if (place >= 0) matches[place] = 0;
    }
    return best.ranked();
  };
}
