import {
  type ChangesAnswer,
  checkItem,
  type PageAnswer,
  type PairCount,
  type PairsAnswer,
  type StoredItem,
  type StoredPairs,
  unpackPage,
} from '@evershelf/model';
import { NetworkError } from './network.ts';

/** What a service says has changed. @throws {NetworkError} where it is nothing of that kind */
export function checkChanges(value: unknown): ChangesAnswer {
  const { revision, pages, changed, revisions, live = 0, stream } = (value ?? {}) as Partial<ChangesAnswer>;
  if (
    isCount(revision) &&
    isPages(pages) &&
    isCounts(changed) &&
    isCounts(revisions) &&
    isCount(live) &&
    changed.length === revisions.length &&
    changed.every((page) => page < pages)
  )
    return { revision, pages, changed, revisions, live, ...(stream === true ? { stream } : {}) };
  throw new NetworkError(
    'changes: found an answer that is none, wanted revision, pages, and pages that changed with the revision of each',
  );
}

/**
 * A page without the items that cannot be read.
 *
 * @param value the answer, or the bytes of a packed one
 * @throws {NetworkError} where it is not this page, or none can be read
 */
export function checkPage(value: unknown, page: number): PageAnswer {
  const packed = value instanceof Uint8Array ? unpackPage(value as Uint8Array<ArrayBuffer>) : undefined;
  if (packed?.page === page) return packed;
  const answer = (packed ?? value ?? {}) as Partial<PageAnswer>;
  if (answer.page === page && isCount(answer.revision) && Array.isArray(answer.items)) {
    const items = answer.items.flatMap(readStored);
    if (items.length > 0 || answer.items.length === 0) return { page, revision: answer.revision, items };
  }
  throw new NetworkError(`page ${page}: found ${pageSaid(answer.page)}, wanted this page with its items`);
}

/**
 * A page of pairs without the entries that cannot be read.
 *
 * @throws {NetworkError} where it is not this page
 */
export function checkPairs(value: unknown, page: number): PairsAnswer {
  const answer = (value ?? {}) as Partial<PairsAnswer>;
  if (answer.page !== page || !Array.isArray(answer.items))
    throw new NetworkError(`pairs ${page}: found ${pageSaid(answer.page)}, wanted this page with its items`);
  const items = (answer.items as (Partial<StoredPairs> | null)[]).flatMap((each) =>
    typeof each?.id === 'string' && Array.isArray(each.pairs)
      ? [{ id: each.id, pairs: each.pairs.filter(isPairCount) }]
      : [],
  );
  return { page, items };
}

/** Most that anything was taken with an item: more overflows a score. */
const MOST_COUNT = 1e9;

function isPairCount(value: unknown): value is PairCount {
  if (!Array.isArray(value)) return false;
  const [id, count] = value as unknown[];
  return typeof id === 'string' && typeof count === 'number' && count > 0 && count <= MOST_COUNT;
}

/** A page's number for a message, whatever stands in its place. */
function pageSaid(page: unknown): string {
  return typeof page === 'number' || page === undefined ? `page ${page}` : 'a page that is no number';
}

function readStored(value: unknown): StoredItem[] {
  const { item, revision } = (value ?? {}) as Partial<StoredItem>;
  try {
    return [{ item: checkItem(item), revision: isCount(revision) ? revision : 0 }];
  } catch {
    return [];
  }
}

/** A revision, or a page's number. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isCount);
}

/** How many pages a shop may be dealt to. */
export function isPages(value: unknown): value is number {
  return isCount(value) && value >= 1 && value <= 65_536 && Number.isInteger(Math.log2(value));
}
