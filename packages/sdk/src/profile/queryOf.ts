import {
  type ContextItem,
  type Item,
  makeQuery,
  type Manifest,
  MAX_CONTEXT,
  type PersonalItem,
  type Query,
  type Tables,
} from '@evershelf/model';
import type { Shop } from '../shop/shop.ts';
import { frequencyOf, isRunning, type Profile } from './Profile.ts';

/** What a query is made of, beside the shopper. */
export interface Asked {
  readonly manifest: Manifest;
  readonly tables: Tables;
  readonly shop: Shop;
  /** Unix milliseconds. */
  readonly now: number;
  /** The item that is looked at: the latest moment of the history. */
  readonly context?: Item | undefined;
}

/**
 * The query of a shopper now. A model of sessions reads the running session alone, a model of shoppers the whole history;
 * items that the shop does not know enter by their rung.
 */
export function queryOf(profile: Profile, { manifest, tables, shop, now, context }: Asked): Query {
  const running = isRunning(profile, now);
  const inSession = (time: number): boolean => running && time >= profile.session;
  const reads = manifest.training.sequence === 'session' ? inSession : () => true;

  const moments: ContextItem[] = context === undefined ? [] : [{ rows: rowsIn(shop, context), age: 0 }];
  let age = context === undefined ? -1 : 0;
  let last = NaN;
  for (const { item, time } of profile.events.toReversed()) {
    if (!reads(time) || moments.length === MAX_CONTEXT) break;
    if (time !== last) age++;
    last = time;
    moments.push({ rows: rowsIn(shop, item), age });
  }

  const personal: PersonalItem[] = [];
  for (const [id, had] of Object.entries(profile.had)) {
    const index = shop.find(id);
    if (index === undefined || !reads(had.time)) continue;
    const frequency = frequencyOf(had, now, manifest.frequencyHalfLife);
    personal.push({ index, frequency, inSession: inSession(had.time) });
  }
  return makeQuery(tables, manifest.weights, manifest.contextDecay, moments.reverse(), personal);
}

function rowsIn(shop: Shop, item: Item): ArrayLike<number> {
  return shop.rows(shop.find(item.id) ?? shop.hand(item));
}
