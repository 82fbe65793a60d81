import { isDeepStrictEqual } from 'node:util';
import { aged } from './counters.ts';
import { type ItemRecord, liveOf } from './ItemRecord.ts';
import { isGone } from './Gone.ts';
import { itemsGroup } from './keys.ts';
import type { Ledger } from './openLedger.ts';

/** Lets time pass for the counters of one page; where a byte fell it is counted anew. */
export function ageCounters(ledger: Ledger, page: number, now: number): Promise<void> {
  return ledger.write(async (revision) => {
    const put: ItemRecord[] = [];
    for await (const [, value] of ledger.store.scan(itemsGroup(page))) {
      if (isGone(value)) continue;
      const was = value as ItemRecord;
      if (was.counters === undefined) continue;
      const fresh = { ...was, counters: aged(was.counters, now) };
      if (!isDeepStrictEqual(liveOf(fresh), liveOf(was))) put.push({ ...fresh, counted: revision });
    }
    return { change: { put, pairs: [], added: [], gone: [] }, answer: undefined };
  });
}
