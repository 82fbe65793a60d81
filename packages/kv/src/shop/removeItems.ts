import type { Ledger } from './openLedger.ts';

/** Answer of `DELETE /v1/items`. */
export interface RemoveAnswer {
  readonly revision: number;
  readonly deleted: number;
}

/** Deletes items as one revision; ids that the shop does not hold are passed over. */
export function removeItems(ledger: Ledger, ids: readonly string[]): Promise<RemoveAnswer> {
  return ledger.write(async (revision) => {
    const asked = [...new Set(ids)];
    const before = await ledger.read(asked);
    const gone = asked.filter((_, i) => before[i] !== undefined);
    return {
      change: { put: [], pairs: [], added: [], gone },
      answer: { revision: gone.length > 0 ? revision : ledger.revision(), deleted: gone.length },
    };
  });
}
