const BINS = 1024;

/**
 * Places of the keys, from the smallest key to the largest but for those in the same 1024th of what there may be: one pass.
 *
 * @param limit above all keys
 */
export function roughOrder(keys: Uint32Array, limit: number): Uint32Array {
  const ends = new Uint32Array(BINS);
  const binOf = (key: number): number => Math.floor((key / limit) * BINS);
  for (let i = 0; i < keys.length; i++) ends[binOf(keys[i]!)]!++;
  for (let bin = 1; bin < BINS; bin++) ends[bin]! += ends[bin - 1]!;
  const order = new Uint32Array(keys.length);
  for (let i = keys.length - 1; i >= 0; i--) order[--ends[binOf(keys[i]!)]!] = i;
  return order;
}
