import {
  type ContextItem,
  type Item,
  type Listing,
  MAX_CONTEXT,
  type Pairs,
  type PersonalItem,
} from '@evershelf/model';
import type { Shop } from '../shop/shop.ts';
import { frequencyOf, inSessionAt, type Profile } from './Profile.ts';

/** What the model may read of a shopper. */
export interface Situation {
  /** Oldest first; `context[k]` is what the shopper did with `items[k]`. */
  readonly context: readonly ContextItem[];
  /** Positions in the shop. */
  readonly items: readonly number[];
  readonly personal: readonly PersonalItem[];
}

/** What a situation is made of, beside the shopper. */
export interface Asked {
  readonly listing: Listing;
  readonly shop: Shop;
  /** Unix milliseconds. */
  readonly now: number;
  /** The item that is looked at: the latest moment of the history. */
  readonly looked?: Item | undefined;
  /** What item i of the shop was lately taken with; absent where no head of the model reads it. */
  readonly pairs?: ((i: number) => Pairs) | undefined;
}

/** Something of a history: what was done, how many distinct moments of it are later, and how long ago it was. */
interface Past {
  readonly item: Item;
  readonly kind: string;
  readonly age: number;
  /** Seconds since then. */
  readonly gap: number;
}

/**
 * What the model reads of a shopper's history, the latest first, at most `MAX_CONTEXT`: a model of sessions the running session
 * alone, a model of shoppers all of it.
 */
export function historyOf(profile: Profile, { listing, now, looked }: Asked): Past[] {
  const reads = readsOf(profile, listing, now);
  const history: Past[] = looked === undefined ? [] : [{ item: looked, kind: 'view', age: 0, gap: 0 }];
  let age = history.length - 1;
  let last = NaN;
  for (const { item, kind, time } of profile.events.toReversed()) {
    if (!reads(time) || history.length === MAX_CONTEXT) break;
    if (time !== last) age++;
    last = time;
    history.push({ item, kind, age, gap: Math.max(0, (now - time) / 1000) });
  }
  return history;
}

/** The situation of a shopper now; items that the shop does not know enter by their rung. */
export function situationOf(profile: Profile, asked: Asked): Situation {
  const { listing, shop, now, pairs } = asked;
  const context: ContextItem[] = [];
  const items: number[] = [];
  for (const { item, ...when } of historyOf(profile, asked).reverse()) {
    const i = shop.find(item.id) ?? shop.hand(item);
    items.push(i);
    context.push({
      ...when,
      rows: shop.rows(i),
      ...(i < listing.index.count ? { item: i } : {}),
      ...(pairs === undefined ? {} : { pairs: pairs(i) }),
    });
  }

  const reads = readsOf(profile, listing, now);
  const inSession = inSessionAt(profile, now);
  const personal: PersonalItem[] = [];
  for (const [id, had] of Object.entries(profile.had)) {
    const index = shop.find(id);
    if (index === undefined || !reads(had.time)) continue;
    personal.push({
      index,
      frequency: frequencyOf(had, now, listing.manifest.frequencyHalfLife),
      inSession: inSession(had.time),
    });
  }
  return { context, items, personal };
}

/** Tells whether the model reads what happened at a moment. */
function readsOf(profile: Profile, { manifest }: Listing, now: number): (time: number) => boolean {
  return manifest.training.sequence === 'session' ? inSessionAt(profile, now) : () => true;
}
