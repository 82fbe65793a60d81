import type { Item, StoredItem } from '@evershelf/model';
import { type Counters, toBytes } from './counters.ts';

/** An item as the store keeps it. */
export interface ItemRecord {
  readonly item: Item;
  /** The shop's revision at which the answer for this item last changed. */
  readonly revision: number;
  /** Live bytes of the last publication: the same ones again start nothing anew. */
  readonly seed?: readonly number[];
  readonly counters?: Counters;
}

/** Live bytes as of the record's own moment, so that an answer changes with its revision and never without. */
export function answerOf({ item, revision, counters }: ItemRecord): StoredItem {
  const live = counters === undefined ? [] : toBytes(counters);
  return live.some((byte) => byte > 0) ? { item, revision, live } : { item, revision };
}
