import type { Recommendation, RecommendedItem, RecommendOptions } from '../../types.ts';

/** An answer without items that stand elsewhere, cut to what was asked for; what is pinned has its place. */
export function withoutTaken(
  taken: ReadonlySet<string>,
  answer: Recommendation,
  { k = 0, rules }: RecommendOptions,
): Recommendation {
  const pinned = answer.items.filter((each) => each.pinned);
  const free = answer.items.filter(({ item, pinned }) => !pinned && !taken.has(item.id));
  const items: RecommendedItem[] = free.slice(0, Math.max(0, k - pinned.length));
  const placeOf = ({ item }: RecommendedItem): number =>
    rules?.pins?.find((pin) => pin.item === item.id)?.place ?? items.length + 1;
  for (const each of pinned) items.splice(placeOf(each) - 1, 0, each);
  return { ...answer, items };
}
