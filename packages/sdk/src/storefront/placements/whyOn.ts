import type { RecommendedItem, RecommendOptions, Shelf } from '../../types.ts';
import { type Why, whyOf } from './whyOf.ts';
import type { Wish } from './wishOf.ts';

/** Says why items are on a shelf that was filled by a question. */
export function whyOn(
  shelf: Shelf,
  wish: Wish,
  { intent, context }: RecommendOptions,
): (recommended: RecommendedItem) => Why | undefined {
  const stranger = context === undefined && shelf.status().profile.events === 0;
  return (recommended) => {
    const { id } = recommended.item;
    return whyOf({
      recommended,
      explanation: shelf.explain(id, { ...(intent && { intent }), ...(context && { context }) }),
      boost: (recommended.boost ?? 0) - wish.aside(id),
      matches: wish.matches.get(id),
      category: wish.category?.at(-1),
      again: intent === 'again',
      stranger,
    });
  };
}
