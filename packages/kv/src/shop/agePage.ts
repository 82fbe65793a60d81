import { isDeepStrictEqual } from 'node:util';
import { aged } from './counters.ts';
import { type ItemRecord, liveOf } from './ItemRecord.ts';
import { isGone } from './Gone.ts';
import { itemKey, itemsGroup, pairsKey } from './keys.ts';
import type { Ledger } from './openLedger.ts';

/** What stays of a deleted item is forgotten after this many seconds. */
const FORGET = 3600;

/** Lets time pass for one page: counters are counted anew where a byte fell, and what stayed of items deleted long ago is forgotten. */
export function agePage(ledger: Ledger, page: number, now: number): Promise<void> {
  const { store } = ledger;
  return ledger.write(async (revision) => {
    const put: ItemRecord[] = [];
    const gone: string[] = [];
    for await (const [id, value] of store.scan(itemsGroup(page))) {
      if (isGone(value)) {
        if (value.gone < now - FORGET) gone.push(id);
        continue;
      }
      const was = value as ItemRecord;
      if (was.counters === undefined) continue;
      const fresh = { ...was, counters: aged(was.counters, now) };
      if (!isDeepStrictEqual(liveOf(fresh), liveOf(was))) put.push({ ...fresh, counted: revision });
    }
    // In the turn of a write, or one that is put again meanwhile would be forgotten with its mark.
    const pages = ledger.pages();
    await store.deleteMany(gone.flatMap((id) => [itemKey(id, pages), pairsKey(id, pages)]));
    return { change: { put, pairs: [], added: [], gone: [] }, answer: undefined };
  });
}
