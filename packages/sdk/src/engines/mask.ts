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

/** A mask as it is, where it has room for `count` items, else a longer one without the new items. */
export function withRoom(before: Mask, count: number): Mask {
  if (32 * before.length >= count) return before;
  const after = noItems(count);
  after.set(before);
  return after;
}

export function hasItem(mask: Mask, item: number): boolean {
  return ((mask[item >> 5]! >>> (item & 31)) & 1) === 1;
}

export function addItem(mask: Mask, item: number): void {
  mask[item >> 5]! |= 1 << (item & 31);
}

export function removeItem(mask: Mask, item: number): void {
  mask[item >> 5]! &= ~(1 << (item & 31));
}
