import { INTENTS } from '@evershelf/model';
import type { Rules } from '../../rules/Rules.ts';
import type { RecommendOptions, Shelf } from '../../types.ts';
import type { Question } from '../experiments/Plan.ts';
import type { PageState, PlacementName, PlacementOptions } from '../Storefront.ts';
import { mergeRules } from './mergeRules.ts';
import { attributeReader } from './attributeReader.ts';
import { placementOf } from './placementOf.ts';
import { EVERYWHERE, PLACEMENTS } from './placements.ts';
import { RULE_ATTRIBUTES } from './ruleAttributes.ts';
import type { Problem, RulesFound } from './rulesOf.ts';
import { seenBoosts } from './seenBoosts.ts';

/** What a shelf element wants to show. */
export interface Wish extends Question {
  /** What the shelf is about: where that changes, its cards may change at once. */
  readonly subject: string;
  readonly count: number;
  /** True where it may show what other shelves show. */
  readonly repeat: boolean;
  /** Items whose titles match what was searched for, by id: the words of the title that do. */
  readonly matches: ReadonlyMap<string, string>;
  /** The category that it is of. */
  readonly category: readonly string[] | undefined;
  /** What is added to the score of items that match, or takes from those that were seen often: no boost of the shop's own. */
  aside(id: string): number;
  readonly problems: readonly Problem[];
}

export interface WishSources {
  /** An attribute of the element; undefined where it has not got it. */
  text(attribute: string): string | undefined;
  readonly page: PageState;
  /** Of the page's address. */
  readonly path: string;
  /** What the shop's configuration says of a placement. */
  configured(placement: PlacementName): PlacementOptions;
  readonly shelf: Pick<Shelf, 'items' | 'item' | 'on'>;
  /** How often each item was seen on shelves since it was opened last. */
  readonly seen: ReadonlyMap<string, number>;
  /** A category in which the shop was found to have nothing: a shelf of it is one of all the shop. */
  readonly nothingIn: readonly string[] | undefined;
}

const MOST_FATIGUE = 100;
/** Lifts what matches above all else, and leaves its order to the score. */
const MATCHED = 100;
/** What each time that an item is seen and passed over takes from its score. The first and the sixteenth of a shelf are 1 to 2 apart. */
const FATIGUE = 0.1;

const NO_RULES: RulesFound = { rules: {}, exclude: [], problems: [] };

/** Reads what an element wants to show. What it says in a way that nobody understands is a problem, and as if it had not said it. */
export async function wishOf({
  text,
  page,
  path,
  configured: configuredOf,
  shelf,
  seen,
  nothingIn,
}: WishSources): Promise<Wish> {
  const attributes = attributeReader(text);
  const { placement, count } = placementOf(attributes, page, configuredOf);
  const defaults = PLACEMENTS[placement];
  const configured = configuredOf(placement);
  const intent = attributes.oneOf('intent', INTENTS);
  const fatigue =
    text('fatigue') === 'off' ? 0 : (attributes.numberIn('fatigue', 0, MOST_FATIGUE) ?? FATIGUE);
  const seenPage = pageOf();
  const { context, words, rules: own } = defaults.about(seenPage, { path, item: (id) => shelf.item(id) });
  const found = await foundRules();

  const matches = await matchesOf(words);
  const tired = seenBoosts(seen, fatigue);
  const matched = matches.size === 0 ? [] : [{ where: { id: { in: [...matches.keys()] } }, by: MATCHED }];
  const aside: Rules = { boosts: [...matched, ...tired] };
  const cart = (page.cart ?? []).map(({ id }) => id);

  return {
    placement,
    count,
    subject: JSON.stringify([
      placement,
      seenPage.product?.id,
      seenPage.category,
      words,
      count,
      intent,
      found,
    ]),
    repeat: text('repeat') !== undefined,
    matches,
    category: placement === 'category' && seenPage.category?.length ? seenPage.category : undefined,
    problems: [...attributes.problems, ...found.problems],
    aside: (id) =>
      (aside.boosts ?? []).reduce(
        (sum, { where, by }) => (where['id']!.in!.includes(id) ? sum + by : sum),
        0,
      ),
    optionsOf,
  };

  function optionsOf(variant: PlacementOptions): RecommendOptions {
    const rules = [own, configured.rules, found.rules, variant.rules, aside].reduce<Rules>(
      (all, more) => mergeRules(all, more),
      EVERYWHERE,
    );
    return {
      k: variant.count ?? count,
      intent: variant.intent ?? intent ?? configured.intent ?? defaults.intent,
      exclude: [...cart, ...found.exclude],
      ...(context === undefined ? {} : { context }),
      ...(page.candidates === undefined ? {} : { candidates: page.candidates }),
      rules,
    };
  }

  /** The page, as the element sees it. */
  function pageOf(): PageState {
    const id = text('item');
    const query = text('query');
    const given = text('category');
    const category = given === undefined ? (page.category ?? []) : pathOf(given);
    return {
      ...page,
      ...(id === undefined ? {} : { product: shelf.item(id) ?? { id } }),
      ...(query === undefined ? {} : { query }),
      category: category.join('\0') === nothingIn?.join('\0') ? [] : category,
    };
  }

  /** What the attributes say of the items; the code that reads it comes with that which follows it. */
  async function foundRules(): Promise<RulesFound> {
    if (RULE_ATTRIBUTES.every((attribute) => text(attribute) === undefined)) return NO_RULES;
    const [{ rulesOf }, { checkRules }] = await Promise.all([
      import('./rulesOf.ts'),
      import('../../rules/shopRules.ts'),
    ]);
    return rulesOf(text, count, checkRules);
  }

  async function matchesOf(words: string | undefined): Promise<ReadonlyMap<string, string>> {
    if (!words) return new Map();
    const { titleMatches } = await import('./titleMatches.ts');
    return titleMatches(shelf, words);
  }
}

/** A category path: `Grocery > Frozen`, or a JSON list. */
function pathOf(text: string): string[] {
  try {
    const list = JSON.parse(text) as unknown;
    if (Array.isArray(list)) return list.map(String);
  } catch {
    // It is no JSON, then.
  }
  return text
    .split('>')
    .map((level) => level.trim())
    .filter(Boolean);
}
