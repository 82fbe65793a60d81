import { type ChangesAnswer, checkItem, type PageAnswer, pageOf, type StoredItem } from '@evershelf/model';
import type { DeviceStore } from '../device/DeviceStore.ts';
import { pacer } from '../engines/breathe.ts';
import { getJson } from './getJson.ts';
import { type Network, NetworkError } from './network.ts';
import type { ShopPages } from './shopPages.ts';

/** Keeps the shop's metadata current: pages from the device at once, those of the service in the background. */
export interface PageSync {
  /** Takes the pages that an earlier visit stored. Returns how many. */
  restore(): Promise<number>;
  /**
   * Asks what has changed, and fetches the pages that did.
   *
   * @throws {NetworkError}
   */
  refresh(): Promise<void>;
  /**
   * Looks for news of some items before all others; settles when their pages are there.
   *
   * @throws {NetworkError}
   */
  lookUp(ids: readonly string[]): Promise<void>;
  /**
   * How many pages the shop is dealt to; 0 while that is not known and the network is gone.
   *
   * @throws {NetworkError}
   */
  pages(): Promise<number>;
  /** Of the metadata that the shop is complete to; 0 while none was seen. */
  revision(): number;
}

/** Requests at a time: few enough to leave the page its own. */
const AT_ONCE = 4;

/** Where a stored shop stands. */
interface Position {
  readonly revision: number;
  readonly pages: number;
}

/**
 * @param base URL of the metadata service in front of `/v1/`
 * @param improved called where a page has changed an item, or is now known to be what the service has
 */
export function pageSync(
  base: string,
  network: Network,
  store: DeviceStore,
  shopPages: ShopPages,
  improved: () => void,
): PageSync {
  const key = (name: string | number): string => `${base} ${name}`;
  /** What all pages are complete to, and what they will be when none is wanted any more. */
  let complete: Position = { revision: 0, pages: 0 };
  let target = 0;
  /** The revision of each page that is to be fetched. */
  const wanted = new Map<number, number>();
  let asking: Promise<void> | undefined;
  let draining: Promise<void> | undefined;
  const urgent: number[] = [];

  const ask = async (): Promise<void> => {
    const since = Math.max(target, complete.revision);
    const answer = checkChanges(
      await getJson(network, `${base}/v1/changes?since=${since}`, { cache: 'no-cache' }),
    );
    const isOther = answer.pages !== complete.pages || answer.revision < since;
    if (isOther && since > 0) {
      // Not the shop that was stored: start over, from all of its pages.
      complete = { revision: 0, pages: answer.pages };
      target = 0;
      wanted.clear();
      shopPages.deal(answer.pages);
      return await ask();
    }
    if (isOther) {
      complete = { revision: 0, pages: answer.pages };
      shopPages.deal(answer.pages);
    }
    if (since === 0 && answer.changed.length > 0) emptyAllBut(new Set(answer.changed), answer);
    // A static folder cannot filter by revision: the same revision says that nothing changed.
    if (answer.revision !== since)
      answer.changed.forEach((page, k) => wanted.set(page, answer.revisions[k]!));
    target = answer.revision;
    let surer = false;
    for (let page = 0; page < answer.pages; page++)
      surer = shopPages.confirm(page, !wanted.has(page)) || surer;
    if (surer) improved();
    if (wanted.size === 0) await settle();
  };

  /** The first answer names all pages that hold items, so that the others are known to be empty. */
  const emptyAllBut = (filled: ReadonlySet<number>, { pages, revision }: ChangesAnswer): void => {
    let changes = 0;
    for (let page = 0; page < pages; page++)
      if (!filled.has(page)) changes += shopPages.take({ page, revision, items: [] });
    if (changes > 0) improved();
  };

  /** One request at a time for what has changed, whoever asks. */
  const askOnce = (): Promise<void> => {
    asking ??= ask().finally(() => (asking = undefined));
    return asking;
  };

  const fetchPage = async (page: number): Promise<void> => {
    const revision = wanted.get(page)!;
    // The same address for all browsers, until the page changes: caches on the way answer most, and none with an older page.
    const answer = checkPage(await getJson(network, `${base}/v1/pages/${page}?r=${revision}`), page);
    if (answer.revision < revision)
      throw new NetworkError(
        `page ${page}: found revision ${answer.revision}, wanted ${revision}, a service that is behind another one`,
      );
    const changes = shopPages.take(answer);
    let surer = false;
    if (revision === wanted.get(page)) {
      wanted.delete(page);
      surer = shopPages.confirm(page, true);
    }
    await store.write([[key(page), answer]]);
    if (changes > 0 || surer) improved();
  };

  const drain = (): Promise<void> => {
    draining ??= (async () => {
      const worker = async (): Promise<void> => {
        for (let page = next(); page !== undefined; page = next()) await fetchPage(page);
      };
      const running = new Set<number>();
      const next = (): number | undefined => {
        const free = (page: number): boolean => wanted.has(page) && !running.has(page);
        const page = urgent.find(free) ?? [...wanted.keys()].find(free);
        if (page !== undefined) running.add(page);
        return page;
      };
      const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
      const failed = ended.find((each) => each.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      if (wanted.size === 0) await settle();
    })().finally(() => {
      draining = undefined;
      urgent.length = 0;
    });
    return draining;
  };

  const settle = async (): Promise<void> => {
    if (complete.revision === target) return;
    complete = { ...complete, revision: target };
    await store.write([[key('position'), complete]]);
  };

  return {
    async restore() {
      const [stored] = await store.read([key('position')]);
      const position = stored as Position | undefined;
      if (!isPosition(position) || complete.revision > 0 || target > 0) return 0;
      const answers = await store.read(Array.from({ length: position.pages }, (_, page) => key(page)));
      if (target > 0) return 0;
      complete = position;
      shopPages.deal(position.pages);
      let restored = 0;
      const pace = pacer();
      for (const [page, answer] of answers.entries()) {
        await pace();
        if (answer === undefined) continue;
        try {
          shopPages.take(checkPage(answer, page));
          restored++;
        } catch {
          wanted.set(page, position.revision);
        }
      }
      if (restored > 0) improved();
      return restored;
    },
    async refresh() {
      await askOnce();
      if (wanted.size > 0) await drain();
    },
    async lookUp(ids) {
      await askOnce();
      const pages = new Set(ids.map((id) => pageOf(id, complete.pages)));
      urgent.push(...pages);
      while ([...pages].some((page) => wanted.has(page))) await drain();
    },
    async pages() {
      if (complete.pages === 0 && !network.offline()) await askOnce();
      return complete.pages;
    },
    revision: () => complete.revision,
  };
}

function isPosition(value: unknown): value is Position {
  const { revision, pages } = (value ?? {}) as Partial<Position>;
  return isCount(revision) && isPages(pages);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isCount);
}

function isPages(value: unknown): value is number {
  return isCount(value) && value >= 1 && value <= 65_536 && Number.isInteger(Math.log2(value));
}

function checkChanges(value: unknown): ChangesAnswer {
  const { revision, pages, changed, revisions } = (value ?? {}) as Partial<ChangesAnswer>;
  if (
    isCount(revision) &&
    isPages(pages) &&
    isCounts(changed) &&
    isCounts(revisions) &&
    changed.length === revisions.length &&
    changed.every((page) => page < pages)
  )
    return { revision, pages, changed, revisions };
  throw new NetworkError(
    'changes: found an answer that is none, wanted revision, pages, and pages that changed with the revision of each',
  );
}

/** A page without the items that cannot be read. */
function checkPage(value: unknown, page: number): PageAnswer {
  const answer = (value ?? {}) as Partial<PageAnswer>;
  if (answer.page === page && isCount(answer.revision) && Array.isArray(answer.items)) {
    return { page, revision: answer.revision, items: answer.items.flatMap(readStored) };
  }
  throw new NetworkError(`page ${page}: found page ${String(answer.page)}, wanted this page with its items`);
}

function readStored(value: unknown): StoredItem[] {
  const { item, revision, live } = (value ?? {}) as Partial<StoredItem>;
  try {
    const read = { item: checkItem(item), revision: isCount(revision) ? revision : 0 };
    return [Array.isArray(live) ? { ...read, live } : read];
  } catch {
    return [];
  }
}
