import { hourOf } from '../hourOf.ts';
import { COUNTED_GROUP, countedKey } from './keys.ts';
import type { Ledger } from './openLedger.ts';

/** Seconds: segments of more than a day ago are not read any more. */
const FORGET = 2 * 86_400;

/** Forgets to where old segments of the log of events are counted. */
export async function forgetCounted({ store }: Ledger, now: number): Promise<void> {
  const first = hourOf(now - FORGET);
  const old: string[] = [];
  for await (const [segment] of store.scan(COUNTED_GROUP)) if (segment < first) old.push(segment);
  await store.deleteMany(old.map(countedKey));
}
