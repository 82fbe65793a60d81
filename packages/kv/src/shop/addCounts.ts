import { isDeepStrictEqual } from 'node:util';
import { aged, type Counters, sum } from './counters.ts';
import { answerOf, type ItemRecord } from './ItemRecord.ts';
import type { Ledger } from './openLedger.ts';

/** Adds counted events to the items that the shop still holds, as one revision; no new one where no byte changed. */
export function addCounts(
  ledger: Ledger,
  counted: ReadonlyMap<string, Counters>,
  now: number,
): Promise<void> {
  return ledger.write(async (revision) => {
    const records = await ledger.read([...counted.keys()]);
    const put = records.flatMap((was): ItemRecord[] => {
      if (was === undefined) return [];
      const more = aged(counted.get(was.item.id)!, now);
      const fresh = { ...was, counters: was.counters === undefined ? more : sum(was.counters, more) };
      return [isDeepStrictEqual(answerOf(fresh), answerOf(was)) ? fresh : { ...fresh, revision }];
    });
    return { change: { put, added: [], gone: [] }, answer: undefined };
  });
}
