import type { Item, StoredItem } from '@evershelf/model';
import { type Counters, toBytes } from './counters.ts';

/** An item as the store keeps it. */
export interface ItemRecord {
  readonly item: Item;
  /** The shop's revision at which the item was last put. */
  readonly revision: number;
  /** The one at which its live bytes last changed. */
  readonly counted?: number;
  /** Live bytes of the last publication: the same ones again start nothing anew. */
  readonly seed?: readonly number[];
  readonly counters?: Counters;
}

export function answerOf(record: ItemRecord): StoredItem {
  const { item, revision } = record;
  const live = liveOf(record);
  return live === undefined ? { item, revision } : { item, revision, live };
}

/** Live bytes as of the record's own moment, so that they change with `counted` and never without; undefined where all are 0. */
export function liveOf({ counters }: ItemRecord): number[] | undefined {
  const live = counters === undefined ? [] : toBytes(counters);
  return live.some((byte) => byte > 0) ? live : undefined;
}
