import type { Ask, Ranked } from '../engines/Engine.ts';
import { addItem, hasItem, type Mask, noItems, removeItem } from '../engines/mask.ts';
import type { Shop } from '../shop/shop.ts';
import type { RecommendedItem } from '../types.ts';
import type { boostedPriors } from './boostedPriors.ts';
import { chooserOf } from './chooser.ts';
import type { ConditionMasks } from './conditionMasks.ts';
import type { Rules } from './Rules.ts';

/** What rules did to an item of a shelf. */
export type Ruled = Pick<RecommendedItem, 'pinned' | 'boost'>;

/** The items of a shelf in their order; `ruled[place]` is absent for a shelf without rules. */
export interface RuledShelf extends Ranked {
  readonly ruled?: readonly Ruled[];
}

/** Gives questions, takes their answers in the same order, and ends with the shelf. */
export type Filling = AsyncGenerator<readonly Ask[], RuledShelf, readonly Ranked[]>;

/** What is kept of a shop's rules from one shelf to the next. */
interface Compiled {
  readonly conditions: ConditionMasks;
  readonly boosted: ReturnType<typeof boostedPriors>;
}

/** How many of the best items are looked at for each place, where not simply the best are taken. */
const CANDIDATES = 4;

/**
 * Fills a shelf by its rules: gives what is to be asked, and takes the answers, until the shelf is full or nothing is left.
 *
 * @param ask what the shelf asks for, but for its rules
 */
export async function* fillShelf(
  shop: Shop,
  ask: Ask,
  { where, boosts = [], pins = [], caps = [], diversity = 0 }: Rules,
  { conditions, boosted }: Compiled,
): Filling {
  const { prior, boostOf } = boosted(ask.prior, boosts);
  let mask = ask.mask.slice();
  if (where !== undefined) keep(mask, conditions.fitting(where));
  const pinned = pins
    .map(({ item, place }) => ({ item: shop.find(item) ?? -1, place }))
    .filter(({ item }) => item >= 0 && hasItem(mask, item))
    .toSorted((a, b) => a.place - b.place);
  const pinMask = noItems(ask.prior.length);
  for (const { item } of pinned) {
    addItem(pinMask, item);
    removeItem(mask, item);
  }

  const chooser = chooserOf(shop, { caps, diversity });
  chooser.take(pinned.map(({ item }) => item));
  const width = caps.length > 0 || diversity > 0 ? CANDIDATES : 1;
  const open = ask.k - pinned.length;
  const best = (places: number): Ask => ({ ...ask, prior, mask, k: width * places });
  const answers = yield [
    ...(pinned.length > 0 ? [{ ...ask, prior, mask: pinMask, k: pinned.length }] : []),
    ...(open > 0 ? [best(open)] : []),
  ];
  const shelf: { item: number; score: number }[] = [];
  for (let found = open > 0 ? answers.at(-1) : undefined; found !== undefined;) {
    const { items, scores } = found;
    const short = open - shelf.length;
    for (const place of await chooser.choose(found, short))
      shelf.push({ item: items[place]!, score: scores[place]! });
    if (shelf.length === open || items.length < width * short) break;
    // Enough of them would have been there, but for a cap: the next best are of other kinds.
    mask = mask.slice();
    for (const item of items) removeItem(mask, item);
    await chooser.leaveOutFull(mask);
    [found] = yield [best(open - shelf.length)];
  }
  for (const { item, place } of pinned)
    shelf.splice(place - 1, 0, { item, score: scoreIn(answers[0]!, item) });
  return {
    items: Uint32Array.from(shelf, ({ item }) => item),
    scores: Float32Array.from(shelf, ({ score }) => score),
    ruled: shelf.map(({ item }) => {
      const boost = boostOf(item);
      return {
        ...(hasItem(pinMask, item) ? { pinned: true as const } : {}),
        ...(boost === 0 ? {} : { boost }),
      };
    }),
  };
}

function keep(mask: Mask, fitting: Mask): void {
  for (let word = 0; word < mask.length; word++) mask[word]! &= fitting[word]!;
}

function scoreIn({ items, scores }: Ranked, item: number): number {
  return scores[items.indexOf(item)]!;
}
