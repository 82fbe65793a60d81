import { DiskError } from '../DiskError.ts';
import type { Store } from '../stores/Store.ts';
import { unlessGone } from './Gone.ts';
import type { ItemRecord } from './ItemRecord.ts';
import { itemKey, PAGES_GROUP, pageKey, pairsKey, SHOP_KEY } from './keys.ts';
import type { PairRecord } from './PairRecord.ts';
import { openShopRecord, type ShopRecord } from './ShopRecord.ts';
import { serial } from '../serial.ts';
import { type Change, type PageRecord, stepOf } from './stepOf.ts';
import { type LoggedStep, stepLog } from './stepLog.ts';

/** The revision of the shop and of its pages, and the only way to write. */
export interface Ledger {
  readonly store: Store;
  readonly pages: () => number;
  revision(): number;
  /** How many items the shop holds. */
  size(): number;
  page(page: number): PageRecord;
  read(ids: readonly string[]): Promise<(ItemRecord | undefined)[]>;
  readPairs(ids: readonly string[]): Promise<(PairRecord | undefined)[]>;
  /**
   * Runs `decide` on what the store holds, given the revision to come, and writes what it decided; where another service
   * wrote meanwhile, it decides again. Settles once the write is in the log: it is not lost after that.
   */
  write<T>(decide: (revision: number) => Promise<{ change: Change; answer: T }>): Promise<T>;
  /**
   * Takes over what other services wrote.
   *
   * @param helps whether steps are finished that others have begun, instead of waiting for them
   */
  follow(helps: boolean): Promise<void>;
  /** Calls `listener` where the revision has changed. Returns what ends that. */
  watch(listener: () => void): () => void;
  close(): Promise<void>;
}

/** A service that finds a step as unfinished as often as this takes it for broken off, and finishes it. */
const PATIENCE = 3;

/**
 * Opens the ledger of a store, or starts one. All services on a store write one log of steps. A step is in the log first, with
 * all of its records, then they are put in their places, then the shop's own record says that it is done. Whoever finds a step that
 * is in the log and not done may do it again: records have the number of their step as version, so that none replaces a later one.
 *
 * @param report told about errors of work that nobody waits for
 */
export async function openLedger(
  store: Store,
  pages: number,
  now: () => number,
  report: (error: unknown) => void,
): Promise<Ledger> {
  const log = stepLog(store);
  const inTurn = serial();
  const settling = serial();
  const listeners = new Set<() => void>();
  let shop: ShopRecord;
  let held: PageRecord[];
  /** The latest step whose end the store is known to have recorded. */
  let recorded = 0;
  /** Puts the records of the latest step in their places, where they may not be. */
  let unfinished: (() => Promise<void>) | undefined;
  /** A step that another service is about, and how often it was found so. */
  let pending = { seq: 0, found: 0 };

  const load = async (): Promise<void> => {
    shop = await openShopRecord(store, pages, now());
    recorded = shop.seq;
    const none: PageRecord = { revision: shop.born, counted: shop.born, pairs: 0, items: 0 };
    held = Array.from({ length: shop.pages }, () => ({ ...none }));
    for await (const [page, record] of store.scan(PAGES_GROUP)) held[Number(page)] = record as PageRecord;
  };

  /** Readers learn of a step once all of its records are in their places. */
  const advance = (seq: number, revision: number, touched: Iterable<readonly [number, PageRecord]>): void => {
    const changed = revision !== shop.revision;
    for (const [page, record] of touched) held[page] = record;
    shop = { ...shop, seq, revision };
    if (changed) for (const listener of listeners) listener();
  };

  /** Nobody waits for these: a step that is not recorded as done is done again. */
  const settle = (step: LoggedStep): void => {
    const done = shop;
    void settling(async () => {
      await store.putMany([[SHOP_KEY, done]], done.seq);
      recorded = Math.max(recorded, done.seq);
      await log.forget(done.seq, step);
    }).catch(report);
  };

  const finish = async (): Promise<void> => unfinished?.();

  const pagesOf = async (step: LoggedStep): Promise<[number, PageRecord][]> => {
    const touched = step.touched ?? [...held.keys()];
    const records = (await store.getMany(touched.map(pageKey))) as (PageRecord | undefined)[];
    return touched.flatMap((page, i) => (records[i] === undefined ? [] : [[page, records[i]]]));
  };

  const follow = async (helps: boolean): Promise<void> => {
    for (;;) {
      await finish();
      const seq = shop.seq + 1;
      const { step, shop: found } = await log.read(seq);
      const done = (found as ShopRecord | undefined)?.seq ?? 0;
      if (done < recorded || (step === undefined && done >= seq)) {
        // The store has lost steps, or we are further behind than the log.
        const announced = shop.revision;
        await load();
        shop = { ...shop, revision: Math.max(announced, shop.revision) };
        for (const listener of listeners) listener();
        continue;
      }
      if (step === undefined) return;
      if (done < seq) {
        pending = { seq, found: pending.seq === seq ? pending.found + 1 : 1 };
        if (!helps && pending.found < PATIENCE) return;
        const records = await log.records(seq, step);
        if (records === undefined) continue;
        await store.putMany(records, seq);
      }
      advance(seq, step.revision, await pagesOf(step));
      if (done < seq) settle(step);
    }
  };

  await load();
  await follow(true).catch((error: unknown) => {
    // What is in the log and not in its place waits for a disk that takes it; until then reads are of what was before.
    if (!(error instanceof DiskError)) throw error;
    report(error);
  });
  return {
    store,
    pages: () => shop.pages,
    revision: () => shop.revision,
    size: () => held.reduce((items, page) => items + page.items, 0),
    page: (page) => held[page]!,
    async read(ids) {
      const values = await store.getMany(ids.map((id) => itemKey(id, shop.pages)));
      return values.map((value) => unlessGone<ItemRecord>(value));
    },
    async readPairs(ids) {
      const values = await store.getMany(ids.map((id) => pairsKey(id, shop.pages)));
      return values.map((value) => unlessGone<PairRecord>(value));
    },
    write: (decide) =>
      inTurn(async () => {
        for (;;) {
          await finish();
          const seq = shop.seq + 1;
          const { change, answer } = await decide(shop.revision + 1);
          const { step, touched } = stepOf(change, shop, held, now());
          if (step.records.length === 0) return answer;
          const logged = await log.append(seq, step);
          if (logged === undefined) {
            await follow(true);
            continue;
          }
          unfinished = async () => {
            await store.putMany(step.records, seq);
            unfinished = undefined;
            advance(seq, step.revision, touched);
            settle(logged);
          };
          await finish().catch(report);
          return answer;
        }
      }),
    follow: (helps) => inTurn(() => follow(helps)),
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await inTurn(finish);
      await settling(async () => {});
    },
  };
}
