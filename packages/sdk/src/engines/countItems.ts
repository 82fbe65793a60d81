import type { Mask } from './mask.ts';

/** How many items a mask has, `most` where there are more. */
export function countItems(mask: Mask, most: number): number {
  let count = 0;
  for (let word = 0; word < mask.length && count < most; word++) count += bitsOf(mask[word]!);
  return Math.min(count, most);
}

/** How many bits of 32 are set: sums of two, of four, of eight, and of all (Hacker's Delight, 5-1). */
function bitsOf(word: number): number {
  const twos = word - ((word >>> 1) & 0x5555_5555);
  const fours = (twos & 0x3333_3333) + ((twos >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
