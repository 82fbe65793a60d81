import { isDeepStrictEqual } from 'node:util';
import type { Item } from '@evershelf/model';
import { fromBytes } from './counters.ts';
import type { ItemRecord } from './ItemRecord.ts';
import type { Ledger } from './openLedger.ts';

/** Answer of `PUT /v1/items`. */
export interface PutAnswer {
  readonly revision: number;
  readonly written: number;
  readonly unchanged: number;
}

/**
 * Writes items as one revision; of two with one id the later counts. What is as it was keeps its revision.
 *
 * @param live bytes that the counters of some of the items start from
 */
export function putItems(
  ledger: Ledger,
  items: readonly Item[],
  live: ReadonlyMap<string, readonly number[]>,
  now: number,
): Promise<PutAnswer> {
  const byId = new Map(items.map((item) => [item.id, item]));
  return ledger.write(async (revision) => {
    const ids = [...byId.keys()];
    const before = await ledger.read(ids);
    const put: ItemRecord[] = [];
    const added: string[] = [];
    ids.forEach((id, i) => {
      const was = before[i];
      const item = byId.get(id)!;
      const seed = live.get(id);
      const sown = seed !== undefined && !isDeepStrictEqual(seed, was?.seed);
      if (was === undefined) added.push(id);
      else if (!sown && isDeepStrictEqual(item, was.item)) return;
      put.push({ ...was, item, revision, ...(sown ? { seed, counters: fromBytes(seed, now) } : {}) });
    });
    return {
      change: { put, added, gone: [] },
      answer: {
        revision: put.length > 0 ? revision : ledger.revision(),
        written: put.length,
        unchanged: ids.length - put.length,
      },
    };
  });
}
