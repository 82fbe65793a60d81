import type { CountedRecord } from './CountedRecord.ts';
import { countedKey } from './keys.ts';
import type { Ledger } from './openLedger.ts';

/** To where a segment of the log of events is counted. */
export async function countedTo({ store }: Ledger, segment: string): Promise<number> {
  const [record] = (await store.getMany([countedKey(segment)])) as [CountedRecord | undefined];
  return record?.to ?? 0;
}
