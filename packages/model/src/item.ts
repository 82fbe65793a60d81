import type { Placed } from './placed.ts';

/** What an attribute of an item can hold. Numbers are finite; list entries are non-empty strings. */
export type AttributeValue = string | number | boolean | readonly string[];

/**
 * A product as the shop describes it. Everything but `id` may be absent: the ladder places an item by what is known.
 * Further attributes stand beside the named ones and take part in the model where its schema names them.
 */
export interface Item {
  readonly id: string;
  readonly title?: string;
  readonly url?: string;
  readonly image?: string;
  /** Path from root to leaf, for example `['Grocery', 'Frozen', 'Ice cream']`. */
  readonly category?: readonly string[];
  /** In the shop's own currency, >= 0. */
  readonly price?: number;
  readonly inStock?: boolean;
  readonly [attribute: string]: AttributeValue | undefined;
}

/** An item that a session took before an event. */
export interface EarlierItem {
  readonly item: string;
  /** Distinct moments between the two, 0..`PAIR_WINDOW`; 0 for the same moment, as lines of a basket share it. */
  readonly age: number;
}

/** Something that a shopper did with an item. */
export interface ShopEvent extends Placed {
  /** Unix seconds. */
  readonly time: number;
  readonly item: string;
  /** `view`, `cart`, `purchase`, `impression` or `click` of a shelf's card, or a kind of the shop's own. */
  readonly kind: string;
  readonly session?: string;
  readonly shopper?: string;
  readonly quantity?: number;
  /** What its session took before it, the latest first, at most `PAIR_WINDOW` items; none where the item itself is among them. */
  readonly after?: readonly EarlierItem[];
}
