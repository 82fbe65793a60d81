import { isDeepStrictEqual } from 'node:util';
import { aged } from './counters.ts';
import { answerOf, type ItemRecord } from './ItemRecord.ts';
import { isGone } from './Gone.ts';
import { itemsGroup } from './keys.ts';
import type { Ledger } from './openLedger.ts';

/** Lets time pass for the counters of one page; its revision rises where a byte fell. */
export function ageCounters(ledger: Ledger, page: number, now: number): Promise<void> {
  return ledger.write(async (revision) => {
    const put: ItemRecord[] = [];
    for await (const [, value] of ledger.store.scan(itemsGroup(page))) {
      if (isGone(value)) continue;
      const was = value as ItemRecord;
      if (was.counters === undefined) continue;
      const fresh = { ...was, counters: aged(was.counters, now) };
      if (!isDeepStrictEqual(answerOf(fresh), answerOf(was))) put.push({ ...fresh, revision });
    }
    return { change: { put, pairs: [], added: [], gone: [], counted: true }, answer: undefined };
  });
}
