import { type Artifact, type ContextItem, type Item, MAX_CONTEXT, type PersonalItem } from '@evershelf/model';
import type { Shop } from '../shop/shop.ts';
import { frequencyOf, isRunning, type Profile } from './Profile.ts';

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
  readonly artifact: Artifact;
  readonly shop: Shop;
  /** Unix milliseconds. */
  readonly now: number;
  /** The item that is looked at: the latest moment of the history. */
  readonly looked?: Item | undefined;
}

/**
 * The situation of a shopper now. A model of sessions reads the running session alone, a model of shoppers the whole history;
 * items that the shop does not know enter by their rung.
 */
export function situationOf(profile: Profile, { artifact, shop, now, looked }: Asked): Situation {
  const { training, frequencyHalfLife } = artifact.manifest;
  const running = isRunning(profile, now);
  const inSession = (time: number): boolean => running && time >= profile.session;
  const reads = training.sequence === 'session' ? inSession : () => true;

  const context: ContextItem[] = [];
  const items: number[] = [];
  const put = (item: Item, age: number): void => {
    const i = shop.find(item.id) ?? shop.hand(item);
    items.push(i);
    context.push({ rows: shop.rows(i), age, ...(i < artifact.index.count ? { item: i } : {}) });
  };
  if (looked !== undefined) put(looked, 0);
  let age = looked === undefined ? -1 : 0;
  let last = NaN;
  for (const { item, time } of profile.events.toReversed()) {
    if (!reads(time) || context.length === MAX_CONTEXT) break;
    if (time !== last) age++;
    last = time;
    put(item, age);
  }

  const personal: PersonalItem[] = [];
  for (const [id, had] of Object.entries(profile.had)) {
    const index = shop.find(id);
    if (index === undefined || !reads(had.time)) continue;
    personal.push({
      index,
      frequency: frequencyOf(had, now, frequencyHalfLife),
      inSession: inSession(had.time),
    });
  }
  return { context: context.reverse(), items: items.reverse(), personal };
}
