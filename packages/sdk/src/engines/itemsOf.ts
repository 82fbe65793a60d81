import type { Mask } from './mask.ts';

/** The items of a mask, in order. */
export function itemsOf(mask: Mask): Uint32Array {
  const items: number[] = [];
  for (let word = 0; word < mask.length; word++)
    for (let bits = mask[word]!; bits !== 0; bits &= bits - 1)
      items.push(32 * word + 31 - Math.clz32(bits & -bits));
  return Uint32Array.from(items);
}
