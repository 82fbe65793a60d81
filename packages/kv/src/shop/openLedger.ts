import { randomBytes } from 'node:crypto';
import { pageOf } from '@evershelf/model';
import { ServiceError } from '../ServiceError.ts';
import type { Store } from '../stores/Store.ts';
import type { ItemRecord } from './ItemRecord.ts';
import { itemKey, pageKey, PAGES_PREFIX, pairsKey, SHOP_KEY } from './keys.ts';
import type { PairRecord } from './PairRecord.ts';
import { serial } from './serial.ts';

/** The record beside the items; one `putMany` writes it with them. */
interface ShopRecord {
  /** Born with the store; part of every ETag. */
  readonly identity: string;
  readonly pages: number;
  /** Revision at the store's birth. */
  readonly born: number;
  readonly revision: number;
  /** Keys that are deleted as of this revision; the store may still hold them after a crash. */
  readonly gone: readonly string[];
}

interface PageRecord {
  readonly revision: number;
  /** How many items the page holds. */
  readonly items: number;
}

/** What a write does. Items with the write's own revision change their pages, as do deletions; pairs never do. */
interface Change {
  readonly put: readonly ItemRecord[];
  readonly pairs: readonly PairRecord[];
  /** Ids among `put` that the store did not hold. */
  readonly added: readonly string[];
  /** Ids that the store held; their pairs go with them. */
  readonly gone: readonly string[];
}

/** The revision of the shop and of its pages, and the only way to write. */
export interface Ledger {
  readonly store: Store;
  readonly identity: string;
  readonly pages: number;
  revision(): number;
  /** How many items the shop holds. */
  size(): number;
  page(page: number): PageRecord;
  read(ids: readonly string[]): Promise<(ItemRecord | undefined)[]>;
  readPairs(ids: readonly string[]): Promise<(PairRecord | undefined)[]>;
  /** Runs `decide` when no other write runs, given the revision to come, and writes what it decided. */
  write<T>(decide: (revision: number) => Promise<{ change: Change; answer: T }>): Promise<T>;
}

/**
 * Opens the ledger of a store, or starts one. Revisions start at the clock's seconds: a browser that knows a store which
 * was lost or re-created finds the new one's revisions above its own.
 */
export async function openLedger(store: Store, pages: number, now: () => number): Promise<Ledger> {
  let shop = (await store.getMany([SHOP_KEY]))[0] as ShopRecord | undefined;
  if (shop === undefined) {
    if (!Number.isInteger(Math.log2(pages)) || pages > 65_536)
      throw new ServiceError(`pages: found ${pages}, wanted a power of two in 1..65536`);
    const born = Math.max(0, Math.floor(now()));
    shop = { identity: randomBytes(6).toString('hex'), pages, born, revision: born, gone: [] };
    await store.putMany([[SHOP_KEY, shop]]);
  }
  const { identity, pages: dealt, born } = shop;
  let state = shop;
  const held: PageRecord[] = Array.from({ length: dealt }, () => ({ revision: born, items: 0 }));
  for await (const [key, record] of store.scan(PAGES_PREFIX))
    held[Number(key.slice(PAGES_PREFIX.length))] = record as PageRecord;
  await store.deleteMany(shop.gone);

  const inTurn = serial();
  let unfinished: (() => Promise<void>) | undefined;
  /** One step for the store, the second one repeated until it holds; readers learn the revision after both. */
  const commit = async (change: Change, revision: number): Promise<void> => {
    const touched = changedPages(change, revision, dealt, held);
    const next = touched.size === 0 ? state.revision : revision;
    const gone = change.gone.flatMap((id) => [itemKey(id, dealt), pairsKey(id, dealt)]);
    const record: ShopRecord = { ...state, revision: next, gone };
    await store.putMany([
      ...change.put.map((each) => [itemKey(each.item.id, dealt), each] as const),
      ...change.pairs.map((each) => [pairsKey(each.id, dealt), each] as const),
      ...[...touched].map(([page, each]) => [pageKey(page), each] as const),
      [SHOP_KEY, record],
    ]);
    unfinished = async () => {
      await store.deleteMany(gone);
      state = record;
      for (const [page, each] of touched) held[page] = each;
      unfinished = undefined;
    };
    await unfinished();
  };

  return {
    store,
    identity,
    pages: dealt,
    revision: () => state.revision,
    size: () => held.reduce((items, page) => items + page.items, 0),
    page: (page) => held[page]!,
    read: (ids) => store.getMany(ids.map((id) => itemKey(id, dealt))) as Promise<(ItemRecord | undefined)[]>,
    readPairs: (ids) =>
      store.getMany(ids.map((id) => pairsKey(id, dealt))) as Promise<(PairRecord | undefined)[]>,
    write: (decide) =>
      inTurn(async () => {
        await unfinished?.();
        const revision = state.revision + 1;
        const { change, answer } = await decide(revision);
        if (change.put.length + change.pairs.length + change.gone.length > 0) await commit(change, revision);
        return answer;
      }),
  };
}

function changedPages(
  { put, added, gone }: Change,
  revision: number,
  pages: number,
  held: readonly PageRecord[],
): Map<number, PageRecord> {
  const touched = new Map<number, PageRecord>();
  const touch = (id: string, more: number): void => {
    const page = pageOf(id, pages);
    const { items } = touched.get(page) ?? held[page]!;
    touched.set(page, { revision, items: items + more });
  };
  for (const record of put) if (record.revision === revision) touch(record.item.id, 0);
  for (const id of added) touch(id, 1);
  for (const id of gone) touch(id, -1);
  return touched;
}
