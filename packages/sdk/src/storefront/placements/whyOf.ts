import type { Item } from '@evershelf/model';
import type { RecommendedItem, ScoreExplanation } from '../../types.ts';
import type { WhyName } from '../element/messages.ts';
import { areAlike } from './areAlike.ts';

/** Why an item is on a shelf, and whom it is about. */
export interface Why {
  readonly name: WhyName;
  /** Title of a product, name of a category, or words of the item's own title. */
  readonly about?: string;
}

export interface WhyAsked {
  readonly recommended: RecommendedItem;
  /** What its score is made of; undefined where nobody can say. */
  readonly explanation: ScoreExplanation | undefined;
  /** What the shop's own boosts gave it. */
  readonly boost: number;
  /** Words of the item's title that match what was searched for. */
  readonly matches?: string | undefined;
  /** The category that the shelf is of. */
  readonly category?: string | undefined;
  /** True on a shelf of what the shopper had. */
  readonly again: boolean;
  /** True where nothing is known of the shopper, nor of what they look at. */
  readonly stranger: boolean;
}

/** Says why an item is on a shelf: by its pin, or by the largest part of its score. Undefined where nothing can be said for sure. */
export function whyOf(asked: WhyAsked): Why | undefined {
  const { recommended, explanation, boost, matches, category, again, stranger } = asked;
  if (recommended.pinned) return { name: 'pinned' };
  if (again) return { name: 'had' };
  const popular: Why = category === undefined ? { name: 'popular' } : { name: 'popularIn', about: category };
  const parts: [number, () => Why | undefined][] = [[boost, () => ({ name: 'promoted' })]];
  if (explanation === undefined) {
    // Before what was learned is here, a stranger's shelf is by what sells alone.
    if (stranger) parts.push([recommended.score - (recommended.boost ?? 0), () => popular]);
  } else {
    const { live1, live5, live20, frequency, had, session, unknown, wide, pairs, match, deep } =
      explanation.signals;
    parts.push(
      [live1 + live5 + live20, () => popular],
      [frequency + had + session, () => ({ name: 'had' })],
      [unknown, () => unseen(recommended.item)],
      [
        wide + pairs,
        () => giverOf(explanation, (_, others) => (wide + pairs > others ? 'goesWith' : 'inspired')),
      ],
      [
        match,
        () => giverOf(explanation, (giver) => (areAlike(recommended.item, giver) ? 'similar' : 'inspired')),
      ],
      [deep, () => giverOf(explanation, () => 'inspired')],
    );
  }
  const [most, say] = parts.reduce((best, part) => (part[0] > best[0] ? part : best));
  if (matches !== undefined && boost < most) return { name: 'matches', about: matches };
  return most > 0 ? say() : undefined;
}

function unseen({ category }: Item): Why | undefined {
  const leaf = category?.at(-1);
  return leaf === undefined ? undefined : { name: 'unseen', about: leaf };
}

/**
 * Names the item of the history that gave more than all others together; without one it is the history as a whole.
 *
 * @param nameFor by the item, and what all others gave
 */
function giverOf(
  { item, history, anyone }: ScoreExplanation,
  nameFor: (giver: Item, others: number) => WhyName,
): Why {
  const all = history.reduce((sum, { gave }) => sum + Math.max(gave, 0), Math.max(anyone, 0));
  const giver = history.find(({ gave }) => gave > all / 2);
  const about = giver?.item.id === item.id ? undefined : giver?.item.title;
  if (giver === undefined || about === undefined) return { name: 'forYou' };
  return { name: nameFor(giver.item, all - giver.gave), about };
}
