import { pageOf } from '@evershelf/model';
import type { Entry } from '../stores/Store.ts';
import type { CountedPart, CountedRecord } from './CountedRecord.ts';
import type { Gone } from './Gone.ts';
import type { ItemRecord } from './ItemRecord.ts';
import { countedKey, itemKey, pageKey, pairsKey } from './keys.ts';
import type { PairRecord } from './PairRecord.ts';
import type { Step } from './stepLog.ts';

/** What a write does. Items that were put or counted at the write's own revision change their pages, as do deletions. */
export interface Change {
  readonly put: readonly ItemRecord[];
  readonly pairs: readonly PairRecord[];
  /** Ids among `put` that the store did not hold. */
  readonly added: readonly string[];
  /** Ids that the store held; their pairs go with them. */
  readonly gone: readonly string[];
  /** The part of the log of events that was counted, where one was. */
  readonly part?: CountedPart;
}

export interface PageRecord {
  /** The latest revision at which an item was put or deleted. */
  readonly revision: number;
  /** The latest one that changed anything, live bytes as well. */
  readonly counted: number;
  /** The latest step that changed its pairs, 0 where none did. */
  readonly pairs: number;
  /** How many items the page holds. */
  readonly items: number;
}

/** A change as records, and the pages that it leaves. */
export function stepOf(
  { put, pairs, added, gone, part }: Change,
  {
    pages,
    seq,
    revision: before,
  }: { readonly pages: number; readonly seq: number; readonly revision: number },
  held: readonly PageRecord[],
  now: number,
): { step: Step; touched: ReadonlyMap<number, PageRecord> } {
  const revision = before + 1;
  const touched = new Map<number, PageRecord>();
  const touch = (id: string, change: (was: PageRecord) => Partial<PageRecord>): void => {
    const page = pageOf(id, pages);
    const was = touched.get(page) ?? held[page]!;
    touched.set(page, { ...was, ...change(was) });
  };
  for (const record of put) {
    if (record.revision === revision) touch(record.item.id, () => ({ revision, counted: revision }));
    else if (record.counted === revision) touch(record.item.id, () => ({ counted: revision }));
  }
  for (const id of added) touch(id, ({ items }) => ({ items: items + 1 }));
  for (const id of gone) touch(id, ({ items }) => ({ revision, counted: revision, items: items - 1 }));
  const isChange = touched.size > 0;
  for (const id of [...pairs.map((record) => record.id), ...gone]) touch(id, () => ({ pairs: seq + 1 }));
  const leaves: Gone = { gone: now };
  const records: Entry[] = [
    ...put.map((record): Entry => [itemKey(record.item.id, pages), record]),
    ...pairs.map((record): Entry => [pairsKey(record.id, pages), record]),
    ...gone.flatMap((id): Entry[] => [
      [itemKey(id, pages), leaves],
      [pairsKey(id, pages), leaves],
    ]),
    ...[...touched].map(([page, record]): Entry => [pageKey(page), record]),
    ...(part === undefined
      ? []
      : [[countedKey(part.segment), { to: part.to } satisfies CountedRecord] as const]),
  ];
  return {
    step: { revision: isChange ? revision : before, touched: [...touched.keys()], records },
    touched,
  };
}
