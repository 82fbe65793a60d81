/** Items that may come back: ceil(count / 32) words; item i is bit i % 32 of word i >> 5. Bits behind the last item are 0. */
export type Mask = Uint32Array;

/** A mask of `count` items with none of them. */
export function noItems(count: number): Mask {
  return new Uint32Array(Math.ceil(count / 32));
}

/** A mask of `count` items with all of them. */
export function allItems(count: number): Mask {
  const mask = noItems(count).fill(0xffff_ffff);
  if (count % 32 > 0) mask[mask.length - 1] = 2 ** (count % 32) - 1;
  return mask;
}

export function hasItem(mask: Mask, item: number): boolean {
  return ((mask[item >> 5]! >>> (item & 31)) & 1) === 1;
}

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

export function addItem(mask: Mask, item: number): void {
  mask[item >> 5]! |= 1 << (item & 31);
}

export function removeItem(mask: Mask, item: number): void {
  mask[item >> 5]! &= ~(1 << (item & 31));
}

/** The items of a mask, in order. */
export function itemsOf(mask: Mask): number[] {
  const items: number[] = [];
  for (let word = 0; word < mask.length; word++)
    for (let bits = mask[word]!; bits !== 0; bits &= bits - 1)
      items.push(32 * word + 31 - Math.clz32(bits & -bits));
  return items;
}
