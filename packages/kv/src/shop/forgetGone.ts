import type { Key } from '../stores/Store.ts';
import { isGone } from './Gone.ts';
import { itemsGroup, pairsGroup } from './keys.ts';
import type { Ledger } from './openLedger.ts';

/** What stays of a deleted record is forgotten after this many seconds. */
const FORGET = 3600;

/** Forgets what stayed of records of a page that were deleted long ago. */
export async function forgetGone({ store }: Ledger, page: number, now: number): Promise<void> {
  for (const group of [itemsGroup(page), pairsGroup(page)]) {
    const names: string[] = [];
    for await (const [name, value] of store.scan(group))
      if (isGone(value) && value.gone < now - FORGET) names.push(name);
    await store.deleteMany(names.map((name): Key => [group, name]));
  }
}
