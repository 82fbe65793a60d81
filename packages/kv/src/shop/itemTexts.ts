import { pageOf, type StoredItem } from '@evershelf/model';
import { LRUCache } from 'lru-cache';
import { answerOf, type ItemRecord } from './ItemRecord.ts';
import type { Ledger } from './openLedger.ts';

/** Most that is kept, in UTF-16 code units. */
const MOST_TEXT = 32 * 1024 * 1024;
/** What an entry takes beside its text. */
const OVERHEAD = 200;

interface Kept {
  /** Of the item's page, when the item was read: as long as the page has it, the item is the same. */
  readonly counted: number;
  /** What is answered for the item, as JSON; undefined where there is no such item. */
  readonly text: string | undefined;
}

/** What is answered for items, as JSON: that of items which are asked for often is not read again until their page changes. */
export function itemTexts(ledger: Ledger): (ids: readonly string[]) => Promise<(string | undefined)[]> {
  const kept = new LRUCache<string, Kept>({
    maxSize: MOST_TEXT,
    sizeCalculation: ({ text }, id) => OVERHEAD + id.length + (text?.length ?? 0),
  });
  const countedOf = (id: string): number => ledger.page(pageOf(id, ledger.pages())).counted;
  const known = (id: string): Kept | undefined => {
    const found = kept.get(id);
    return found?.counted === countedOf(id) ? found : undefined;
  };

  return async (ids) => {
    const found = ids.map(known);
    const missing = ids.filter((_, i) => found[i] === undefined);
    if (missing.length === 0) return found.map((each) => each!.text);
    // Taken first: a write in between makes the item newer than that says, never older.
    const counted = missing.map(countedOf);
    const records = await ledger.read(missing);
    const read = new Map(
      missing.map((id, i) => {
        const fresh: Kept = { counted: counted[i]!, text: textOf(records[i]) };
        kept.set(apart(id), fresh);
        return [id, fresh];
      }),
    );
    return ids.map((id, i) => (found[i] ?? read.get(id)!).text);
  };
}

function textOf(record: ItemRecord | undefined): string | undefined {
  return record === undefined ? undefined : JSON.stringify(answerOf(record) satisfies StoredItem);
}

/** A text apart from the longer one that it was cut out of, such as an address: V8 keeps all of that for as long as the part. */
function apart(text: string): string {
  return ` ${text}`.slice(1);
}
