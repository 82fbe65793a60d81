import { type PairCount, pageOf, type StoredPairs } from '@evershelf/model';
import type { DeviceStore } from '../device/DeviceStore.ts';
import { allEnded } from './allEnded.ts';
import { checkPairs } from './checkAnswers.ts';
import { type Network, NetworkError } from './network.ts';
import type { PageSync } from './pageSync.ts';
import type { Service } from './service.ts';

/** What items are lately taken with, learnt page by page for the items that are asked about. */
export interface PairSync {
  /** What an item was lately taken with, as far as it was learnt; nothing counts as nothing. */
  of(id: string): readonly PairCount[];
  /**
   * Learns the pages of some items that were not learnt yet, from the device, else from the service; settles when they are there.
   *
   * @throws {NetworkError}
   */
  lookUp(ids: readonly string[]): Promise<void>;
  /**
   * Learns the pages of some items anew, where the last look is a minute ago.
   *
   * @throws {NetworkError}
   */
  refresh(ids: readonly string[]): Promise<void>;
}

/** Requests at a time: few enough to leave the page its own. */
const AT_ONCE = 4;
/** Milliseconds between two looks at a page. */
const PAUSE = 60_000;

/** A page as the device keeps it. */
interface Kept {
  /** How many pages the shop was dealt to. */
  readonly pages: number;
  /** Unix milliseconds. */
  readonly time: number;
  readonly items: readonly StoredPairs[];
}

/**
 * @param base URL of the metadata service in front of `/v1/`
 * @param sync knows how many pages the shop is dealt to
 * @param now the clock, Unix milliseconds
 * @param improved called where the service has other pairs than those that were known
 */
export function pairSync(
  base: string,
  service: Service,
  network: Pick<Network, 'offline'>,
  store: DeviceStore,
  sync: Pick<PageSync, 'pages'>,
  now: () => number,
  improved: () => void,
): PairSync {
  const key = (page: number): string => `${base} pairs ${page}`;
  const learnt = new Map<number, readonly StoredPairs[]>();
  const counts = new Map<string, readonly PairCount[]>();
  /** When a page was last looked at, well or not. */
  const looked = new Map<number, number>();
  const running = new Map<number, Promise<void>>();
  let pages = 0;
  /** True once the service has said that it has no pairs. */
  let absent = false;

  const pagesOf = async (ids: readonly string[]): Promise<number[]> => {
    if (ids.length === 0) return [];
    const dealt = await sync.pages();
    if (dealt !== pages) for (const known of [learnt, counts, looked, running]) known.clear();
    pages = dealt;
    return pages === 0 ? [] : [...new Set(ids.map((id) => pageOf(id, pages)))];
  };

  const take = (page: number, items: readonly StoredPairs[]): void => {
    for (const { id } of learnt.get(page) ?? []) counts.delete(id);
    for (const { id, pairs } of items) counts.set(id, pairs);
    learnt.set(page, items);
  };

  const restore = async (missing: readonly number[]): Promise<void> => {
    const stored = (await store.read(missing.map(key))) as (Kept | undefined)[];
    stored.forEach((kept, k) => {
      const page = missing[k]!;
      if (kept?.pages !== pages || learnt.has(page)) return;
      take(page, kept.items);
      looked.set(page, kept.time);
    });
  };

  const isDue = (page: number): boolean => !(Math.abs(now() - (looked.get(page) ?? NaN)) < PAUSE);

  const fetchPage = async (page: number): Promise<void> => {
    const [dealt, time] = [pages, now()];
    looked.set(page, time);
    try {
      const { items } = await service.get(`pairs/${page}`, (json) => checkPairs(json, page));
      if (dealt !== pages) return;
      const isOther = JSON.stringify(items) !== JSON.stringify(learnt.get(page) ?? []);
      take(page, items);
      void store.write([[key(page), { pages, time, items } satisfies Kept]]);
      if (isOther) improved();
    } catch (error) {
      if (network.offline()) looked.delete(page);
      if (!(error instanceof NetworkError && error.status === 404)) throw error;
      absent = true;
    }
  };

  const fetchOnce = (page: number): Promise<void> => {
    const fetching = running.get(page) ?? fetchPage(page).finally(() => running.delete(page));
    running.set(page, fetching);
    return fetching;
  };

  const fetchAll = async (wanted: readonly number[]): Promise<void> => {
    const queue = [...wanted];
    const worker = async (): Promise<void> => {
      for (let page = queue.shift(); page !== undefined; page = queue.shift())
        if (running.has(page) || (isDue(page) && !absent && !network.offline())) await fetchOnce(page);
    };
    await allEnded(Array.from({ length: AT_ONCE }, worker));
  };

  return {
    of: (id) => counts.get(id) ?? NONE,
    async lookUp(ids) {
      const missing = (await pagesOf(ids)).filter((page) => !learnt.has(page));
      if (missing.length === 0) return;
      await restore(missing);
      await fetchAll(missing.filter((page) => !learnt.has(page)));
    },
    async refresh(ids) {
      await fetchAll((await pagesOf(ids)).filter((page) => learnt.has(page)));
    },
  };
}

const NONE: readonly PairCount[] = [];
