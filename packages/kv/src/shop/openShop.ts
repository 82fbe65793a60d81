import {
  type ChangesAnswer,
  type Item,
  type PageAnswer,
  type PairsAnswer,
  servedPairs,
  type StoredItem,
  type StoredPairs,
} from '@evershelf/model';
import type { Store } from '../stores/Store.ts';
import { addCounts } from './addCounts.ts';
import { agePage } from './agePage.ts';
import type { CountedPart } from './CountedRecord.ts';
import type { Counters } from './counters.ts';
import { countedTo } from './countedTo.ts';
import type { ItemRecord } from './ItemRecord.ts';
import { forgetCounted } from './forgetCounted.ts';
import { itemTexts } from './itemTexts.ts';
import { unlessGone } from './Gone.ts';
import { itemsGroup, pairsGroup } from './keys.ts';
import { lastCounted, livePages } from './livePages.ts';
import { type Ledger, openLedger } from './openLedger.ts';
import type { PairRecord } from './PairRecord.ts';
import { agedRow, type PairRow } from './pairRow.ts';
import { type PutAnswer, putItems, type Seeds } from './putItems.ts';
import { type RemoveAnswer, removeItems } from './removeItems.ts';

/** A shop's items, dealt to pages, with a revision that rises by one for each write. */
export interface Shop {
  /** How many pages the items are dealt to. */
  pages(): number;
  revision(): number;
  /** How many items the shop holds. */
  size(): number;
  /** The revision at which an item of a page was last put or deleted: as long as it is this one, the page's answer is the same. */
  stateOf(page: number): number;
  page(page: number): Promise<PageAnswer>;
  /** The live bytes of all items, as `packLive` packs them. */
  live(): Promise<Uint8Array>;
  /** The revision at which they last changed. */
  stateOfLive(): number;
  /** Pairs as of the full hour, so that the answer stays the same until something is counted. */
  pairs(page: number): Promise<PairsAnswer>;
  /** Something that is the same for as long as the pairs of a page are: until they are counted, or the hour ends. */
  stateOfPairs(page: number): string;
  /** An `ItemsAnswer` as JSON. */
  items(ids: readonly string[]): Promise<string>;
  /** The revision of the shop: as long as it is this one, all answers about items are the same. */
  stateOfItems(): number;
  /** The ids that the shop holds. */
  holds(ids: readonly string[]): Promise<Set<string>>;
  /** The pages on which an item was put or deleted after a revision. */
  changes(since: number): ChangesAnswer;
  /** Takes over what other services on the store wrote, where the shop is not at `revision` yet. */
  reach(revision: number): Promise<void>;
  /** Takes over what other services on the store wrote. */
  follow(): Promise<void>;
  /** Calls `listener` where the revision has changed. Returns what ends that. */
  watch(listener: () => void): () => void;
  put(items: readonly Item[], seeds: Seeds): Promise<PutAnswer>;
  remove(ids: readonly string[]): Promise<RemoveAnswer>;
  /** To where a segment of the log of events is counted. */
  countedTo(segment: string): Promise<number>;
  /** Adds what was counted in a part of the log; says to where its segment is counted now. */
  addCounts(
    counted: ReadonlyMap<string, Counters>,
    paired: ReadonlyMap<string, PairRow>,
    part: CountedPart,
  ): Promise<number>;
  /** Lets time pass for all counters. */
  age(): Promise<void>;
  /** Ends what is under way. The store stays open. */
  close(): Promise<void>;
}

const HOUR = 3600;

/**
 * @param pages how many pages a new store deals its items to, a power of two; an older store keeps its own number
 * @param now the clock, Unix seconds
 * @param report told about errors of work that nobody waits for
 */
export async function openShop(
  store: Store,
  pages: number,
  now: () => number,
  report: (error: unknown) => void,
): Promise<Shop> {
  const ledger = await openLedger(store, pages, now, report);
  const hour = (): number => Math.floor(now() / HOUR);
  const textsOf = itemTexts(ledger);
  return {
    pages: ledger.pages,
    revision: ledger.revision,
    size: ledger.size,
    stateOf: (page) => ledger.page(page).revision,
    page: (page) => readPage(ledger, page),
    live: livePages(ledger),
    stateOfLive: () => lastCounted(ledger),
    pairs: (page) => readPairs(ledger, page, HOUR * hour()),
    stateOfPairs: (page) => `${ledger.page(page).pairs} ${hour()}`,
    async items(ids) {
      const texts = await textsOf(ids);
      const missing = ids.filter((_, i) => texts[i] === undefined);
      return `{"items":[${texts.filter((text) => text !== undefined).join(',')}],"missing":${JSON.stringify(missing)}}`;
    },
    stateOfItems: ledger.revision,
    async holds(ids) {
      const texts = await textsOf(ids);
      return new Set(ids.filter((_, i) => texts[i] !== undefined));
    },
    changes: (since) => changes(ledger, since),
    async reach(revision) {
      if (revision > ledger.revision()) await ledger.follow(true);
    },
    follow: () => ledger.follow(false),
    watch: ledger.watch,
    close: ledger.close,
    put: (items, seeds) => putItems(ledger, items, seeds, now()),
    remove: (ids) => removeItems(ledger, ids),
    countedTo: (segment) => countedTo(ledger, segment),
    addCounts: (counted, paired, part) => addCounts(ledger, counted, paired, part, now()),
    async age() {
      for (let page = 0; page < ledger.pages(); page++) await agePage(ledger, page, now());
      await forgetCounted(ledger, now());
    },
  };
}

/** The revision is taken first: a write in between makes the items newer than it says, never older. */
async function readPage(ledger: Ledger, page: number): Promise<PageAnswer> {
  const { revision } = ledger.page(page);
  const items: StoredItem[] = [];
  for await (const [, value] of ledger.store.scan(itemsGroup(page))) {
    const record = unlessGone<ItemRecord>(value);
    if (record !== undefined) items.push({ item: record.item, revision: record.revision });
  }
  return { page, revision, items };
}

async function readPairs(ledger: Ledger, page: number, time: number): Promise<PairsAnswer> {
  const items: StoredPairs[] = [];
  for await (const [, value] of ledger.store.scan(pairsGroup(page))) {
    const row = unlessGone<PairRecord>(value);
    const pairs = row === undefined ? [] : servedPairs(agedRow(row, time).counts);
    if (pairs.length > 0) items.push({ id: row!.id, pairs });
  }
  return { page, items };
}

/** A revision that this store has not reached was another store's: all that is known of that one is void. */
function changes(ledger: Ledger, since: number): ChangesAnswer {
  const revision = ledger.revision();
  const changed: number[] = [];
  const revisions: number[] = [];
  for (let page = 0; page < ledger.pages(); page++) {
    const held = ledger.page(page);
    if (since === 0 ? held.items === 0 : since <= revision && held.revision <= since) continue;
    changed.push(page);
    revisions.push(held.revision);
  }
  return { revision, pages: ledger.pages(), changed, revisions, live: lastCounted(ledger) };
}
