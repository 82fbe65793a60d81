import { pairGain, type ShopEvent } from '@evershelf/model';
import type { PairRow } from '../shop/pairRow.ts';

/**
 * What an event adds to the pairs of its item and of those that its session took before, as `[id, row]`; each pair once, and
 * none with an item that is not the shop's.
 */
export function pairsOf(
  { item, time, after = [] }: ShopEvent,
  isKnown: (id: string) => boolean,
): [id: string, row: PairRow][] {
  const paired = new Set([item]);
  return after.flatMap(({ item: other, age }): [string, PairRow][] => {
    if (paired.has(other) || !isKnown(other)) return [];
    paired.add(other);
    const { forward, backward } = pairGain(age);
    return [
      [other, { counts: [[item, forward]], time }],
      [item, { counts: [[other, backward]], time }],
    ];
  });
}
