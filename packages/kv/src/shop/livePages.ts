import { LIVE_HALF_LIVES, type LivePage, packLive } from '@evershelf/model';
import { unlessGone } from './Gone.ts';
import { type ItemRecord, liveOf } from './ItemRecord.ts';
import { itemsGroup } from './keys.ts';
import type { Ledger } from './openLedger.ts';

interface Kept extends LivePage {
  readonly counted: number;
}

const WIDTH = LIVE_HALF_LIVES.length;

/** The live bytes of all items; those of a page are read again where something on it has changed. */
export function livePages(ledger: Ledger): () => Promise<Uint8Array> {
  const kept: Kept[] = [];
  const read = async (page: number): Promise<Kept> => {
    // Taken first: a write in between makes the bytes newer than they say, never older.
    const { revision, counted } = ledger.page(page);
    const bytes: number[] = [];
    for await (const [, value] of ledger.store.scan(itemsGroup(page))) {
      const record = unlessGone<ItemRecord>(value);
      if (record !== undefined) bytes.push(...(liveOf(record) ?? NONE));
    }
    return { revision, counted, bytes: Uint8Array.from(bytes) };
  };
  return async () => {
    kept.length = ledger.pages();
    for (let page = 0; page < kept.length; page++)
      if (kept[page]?.counted !== ledger.page(page).counted) kept[page] = await read(page);
    return packLive(kept);
  };
}

const NONE = Array.from({ length: WIDTH }, () => 0);

/** The revision at which anything last changed, live bytes as well. */
export function lastCounted(ledger: Ledger): number {
  let last = 0;
  for (let page = 0; page < ledger.pages(); page++) last = Math.max(last, ledger.page(page).counted);
  return last;
}
