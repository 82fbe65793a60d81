import { isDeepStrictEqual } from 'node:util';
import type { Item, PairCount } from '@evershelf/model';
import { digestOf } from '../digestOf.ts';
import { fromBytes } from './counters.ts';
import type { ItemRecord } from './ItemRecord.ts';
import type { Ledger } from './openLedger.ts';
import type { PairRecord } from './PairRecord.ts';

/** What the counts of some items start from. */
export interface Seeds {
  /** Live bytes, by item. */
  readonly live: ReadonlyMap<string, readonly number[]>;
  /** Counts of pairs, by the item that they leave. */
  readonly pairs: ReadonlyMap<string, readonly PairCount[]>;
}

/** Answer of `PUT /v1/items`. */
export interface PutAnswer {
  readonly revision: number;
  readonly written: number;
  readonly unchanged: number;
}

/** Writes items as one revision; of two with one id the later counts. What is as it was keeps its revision. */
export function putItems(
  ledger: Ledger,
  items: readonly Item[],
  seeds: Seeds,
  now: number,
): Promise<PutAnswer> {
  const byId = new Map(items.map((item) => [item.id, item]));
  return ledger.write(async (revision) => {
    const ids = [...byId.keys()];
    const [before, rows] = await Promise.all([ledger.read(ids), ledger.readPairs(ids)]);
    const put: ItemRecord[] = [];
    const pairs: PairRecord[] = [];
    const added: string[] = [];
    ids.forEach((id, i) => {
      const counts = seeds.pairs.get(id);
      if (counts !== undefined) {
        const seed = digestOf(counts);
        if (seed !== rows[i]?.seed) pairs.push({ id, counts, time: now, seed });
      }
      const was = before[i];
      const item = byId.get(id)!;
      const seed = seeds.live.get(id);
      const sown = seed !== undefined && !isDeepStrictEqual(seed, was?.seed);
      const isPut = was === undefined || !isDeepStrictEqual(item, was.item);
      if (was === undefined) added.push(id);
      if (!isPut && !sown) return;
      put.push({
        ...was,
        item,
        revision: isPut ? revision : was.revision,
        ...(sown ? { seed, counters: fromBytes(seed, now), counted: revision } : {}),
      });
    });
    return {
      change: { put, pairs, added, gone: [] },
      answer: {
        revision: put.length > 0 ? revision : ledger.revision(),
        written: put.length,
        unchanged: ids.length - put.length,
      },
    };
  });
}
