import type { AttributeValue } from '@evershelf/model';

/**
 * What the shop's own people want of a shelf, whoever looks at it. Plain data, as it stands in a JSON file or an attribute.
 */
export interface Rules {
  /** Shows only items that fit. */
  readonly where?: Where;
  /** Lifts items, or lowers them; what an item gets adds up. At most 100. */
  readonly boosts?: readonly Boost[];
  /** Shows items at places of their own. At most one for each place, and one for each item. */
  readonly pins?: readonly Pin[];
  /** Shows so many items of a kind at most: an item is passed over where it would be one too many. At most 8. */
  readonly caps?: readonly Cap[];
  /**
   * How much it counts, from 0 to 1, that an item is unlike those chosen before it: 0 (the default) goes by scores alone, 1 by
   * difference alone. Chosen from the best items, four for each place.
   */
  readonly diversity?: number;
}

/** Conditions by attribute, `id` included; an item fits where all of them hold. */
export type Where = Readonly<Record<string, Condition>>;

/**
 * What the value of an attribute has to be, compared as it is written; an entry of a list is a value of its own. A category is a
 * path from the root, such as `["Grocery", "Frozen"]`, and everything below it. `in`, `from` and `to` do not hold where an item
 * lacks the attribute; `out` does.
 */
export interface Condition {
  /** One of these. */
  readonly in?: readonly AttributeValue[];
  /** None of these. */
  readonly out?: readonly AttributeValue[];
  /** A number, at least this. */
  readonly from?: number;
  /** A number, at most this. */
  readonly to?: number;
}

export interface Boost {
  readonly where: Where;
  /** What is added to the score, in its own unit, from -1000 to 1000; `explain()` shows what a signal is worth beside it. */
  readonly by: number;
}

/**
 * Says where an item stands, never whether it may: one that is out of stock, excluded or does not fit leaves its place to the next.
 * Counts for caps and diversity, and yields to neither.
 */
export interface Pin {
  /** Id of the item. */
  readonly item: string;
  /** From 1, the first, to `k`; the last one where the shelf is not that long. */
  readonly place: number;
}

export interface Cap {
  /**
   * The attribute whose value makes a kind: `category` the whole path, a list each of its entries. An item without it is of no
   * kind.
   */
  readonly by: string;
  /** How many of a kind, >= 1. */
  readonly most: number;
}
