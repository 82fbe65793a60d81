import { isDeepStrictEqual } from 'node:util';
import type { CountedPart } from './CountedRecord.ts';
import { aged, type Counters, sum } from './counters.ts';
import { countedTo } from './countedTo.ts';
import { type ItemRecord, liveOf } from './ItemRecord.ts';
import type { Ledger } from './openLedger.ts';
import type { PairRecord } from './PairRecord.ts';
import { agedRow, type PairRow, sumRows } from './pairRow.ts';

/**
 * Adds what was counted in a part of the log to the items that the shop still holds, as one revision; no new one where no live byte
 * changed. Nothing where the log is not counted to the beginning of that part: then somebody else was there.
 *
 * @returns to where the segment is counted now
 */
export function addCounts(
  ledger: Ledger,
  counted: ReadonlyMap<string, Counters>,
  paired: ReadonlyMap<string, PairRow>,
  part: CountedPart,
  now: number,
): Promise<number> {
  return ledger.write(async (revision) => {
    const to = await countedTo(ledger, part.segment);
    if (to !== part.from) return { change: { put: [], pairs: [], added: [], gone: [] }, answer: to };
    const ids = [...new Set([...counted.keys(), ...paired.keys()])];
    const [records, rows] = await Promise.all([ledger.read(ids), ledger.readPairs(ids)]);
    const put: ItemRecord[] = [];
    const pairs: PairRecord[] = [];
    ids.forEach((id, i) => {
      const [was, row] = [records[i], rows[i]];
      if (was === undefined) return;
      const counters = counted.get(id);
      if (counters !== undefined) {
        const more = aged(counters, now);
        const fresh = { ...was, counters: was.counters === undefined ? more : sum(was.counters, more) };
        put.push(isDeepStrictEqual(liveOf(fresh), liveOf(was)) ? fresh : { ...fresh, counted: revision });
      }
      const more = paired.get(id);
      if (more !== undefined)
        pairs.push({
          id,
          ...row,
          ...(row === undefined ? agedRow(more, now) : sumRows(row, agedRow(more, now))),
        });
    });
    return { change: { put, pairs, added: [], gone: [], part }, answer: part.to };
  });
}
