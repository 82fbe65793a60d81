import type { Intent, Item } from '@evershelf/model';
import type { Rules } from '../../rules/Rules.ts';
import type { PageState, PlacementName } from '../Storefront.ts';

/** What a shelf is for, where neither its element nor the shop's configuration says so. */
export interface PlacementDefaults {
  readonly intent: Intent;
  readonly count: number;
  /** What of the page its shelf is about. */
  about(page: PageState, address: Address): About;
}

/** The page's address. */
interface Address {
  readonly path: string;
  /** The shop's item of an id. */
  item(id: string): Item | undefined;
}

interface About {
  /** The latest moment of the context. */
  readonly context?: Item | undefined;
  readonly rules?: Rules | undefined;
  /** Text whose words the titles of the best items share. */
  readonly words?: string | undefined;
}

const COUNT = 8;

/** Rules of all placements: cards that read the same are one, whatever sizes or colours of a product there are. */
export const EVERYWHERE: Rules = { caps: [{ by: 'title', most: 1 }] };

/**
 * The placements of a shop, and why they ask for what they ask for. All leave out what is in the cart.
 *
 * - `home`: whatever comes next. How much of it is had again the model has learnt from the shop's own log.
 * - `category`: the same, of this category: who came here has chosen the shelf's subject.
 * - `product`: what goes with the product, and is new to the shopper: what they had they find without it.
 * - `cart`: what goes with what was put into it last. What they usually have, and have not yet, is welcome too.
 * - `search`: the search found nothing. Titles that share some of its words come first, whatever comes next after them.
 * - `missing`: an address that leads nowhere often says what was there. Where its path names an item of the shop, what goes with
 *   that; else titles that share some of its words come first, as above.
 */
export const PLACEMENTS: Readonly<Record<PlacementName, PlacementDefaults>> = {
  home: { intent: 'mixed', count: COUNT, about: () => ({}) },
  category: { intent: 'mixed', count: COUNT, about: ({ category }) => ({ rules: below(category) }) },
  product: { intent: 'discover', count: COUNT, about: ({ product }) => ({ context: product }) },
  cart: { intent: 'mixed', count: COUNT, about: ({ cart }) => ({ context: cart?.at(-1) }) },
  search: { intent: 'mixed', count: COUNT, about: ({ query }) => ({ words: query }) },
  missing: {
    intent: 'mixed',
    count: COUNT,
    about(_, { path, item }) {
      const context = path.split('/').map(decoded).map(item).find(Boolean);
      return context === undefined ? { words: wordsOf(path) } : { context };
    },
  },
};

/**
 * Items of a category. A page's path often begins before the shop's: with its home page, or its name. So what it ends with counts
 * too, each as a path of its own.
 */
function below(category: readonly string[] = []): Rules | undefined {
  const paths = category.map((_, start) => category.slice(start));
  return paths.length === 0 ? undefined : { where: { category: { in: paths } } };
}

/** What an address says in words. */
function wordsOf(path: string): string {
  return decoded(path.replace(/\.\w+$/, ''))
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // An address can be anything.
    return text;
  }
}
