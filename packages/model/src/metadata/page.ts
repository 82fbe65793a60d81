import type { Item } from '../item.ts';
import { murmur3 } from '../hash/murmur3.ts';

/** Seed of the hash that deals items to pages. Fixed for ever: caches and static folders depend on it. */
const PAGE_SEED = 2_538_058_380;

/**
 * The page of an item: `murmur3(id) mod pages`. A browser that fetches a page learns about all items in it, so the
 * service never learns which one was looked at.
 *
 * @param pages how many pages the shop has, a power of two in 1..65536
 * @returns 0..pages-1
 */
export function pageOf(id: string, pages: number): number {
  return (murmur3(id, PAGE_SEED) & (pages - 1)) >>> 0;
}

/** An item as the service answers it, beside what the service keeps for it. */
export interface StoredItem {
  readonly item: Item;
  /** Revision of the shop at which this item was last written. */
  readonly revision: number;
  /** Live counters, one byte for each half-life (see `encodeLive`); absent while nothing was counted, and in pages. */
  readonly live?: readonly number[];
}

/** Answer of `GET /v1/pages/N`: every item whose hash falls in page N, sorted by id. */
export interface PageAnswer {
  readonly page: number;
  /** When an item of it was last put or deleted. */
  readonly revision: number;
  readonly items: readonly StoredItem[];
}

/**
 * Answer of `GET /v1/changes?since=R`: the pages on which an item was put or deleted after revision R. `since=0` names all that
 * hold items. `GET /v1/changes/stream?since=R` says it as it happens.
 */
export interface ChangesAnswer {
  /** The shop's revision now; ask again from here. */
  readonly revision: number;
  /** How many pages the shop is dealt to. */
  readonly pages: number;
  readonly changed: readonly number[];
  /** The revision of each page of `changed`, in their order: `GET /v1/pages/N?r=REVISION` is the same for all who ask. */
  readonly revisions: readonly number[];
  /** The revision at which any item was last counted: `GET /v1/live?r=REVISION` says how; absent where it is not served. */
  readonly live?: number;
  /** True where the service has a stream of changes; a static folder has none. */
  readonly stream?: true;
}

/** Answer of `GET /v1/items?ids=a,b`. */
export interface ItemsAnswer {
  readonly items: readonly StoredItem[];
  readonly missing: readonly string[];
}
