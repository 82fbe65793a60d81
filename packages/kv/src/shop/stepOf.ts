import { pageOf } from '@evershelf/model';
import type { Entry } from '../stores/Store.ts';
import type { CountedPart, CountedRecord } from './CountedRecord.ts';
import type { Gone } from './Gone.ts';
import type { ItemRecord } from './ItemRecord.ts';
import { countedKey, itemKey, pageKey, pairsKey } from './keys.ts';
import type { PairRecord } from './PairRecord.ts';
import type { Step } from './stepLog.ts';

/** What a write does. Items with the write's own revision change their pages, as do deletions; pairs never do. */
export interface Change {
  readonly put: readonly ItemRecord[];
  readonly pairs: readonly PairRecord[];
  /** Ids among `put` that the store did not hold. */
  readonly added: readonly string[];
  /** Ids that the store held; their pairs go with them. */
  readonly gone: readonly string[];
  /** True where items change by what was counted alone. */
  readonly counted: boolean;
  /** The part of the log of events that was counted, where one was. */
  readonly part?: CountedPart;
}

export interface PageRecord {
  /** The latest revision that changed anything on the page. */
  readonly revision: number;
  /** The latest one that changed more than counters. */
  readonly put: number;
  /** The latest step that changed its pairs, 0 where none did. */
  readonly pairs: number;
  /** How many items the page holds. */
  readonly items: number;
}

/** A change as records, and the pages that it leaves. */
export function stepOf(
  { put, pairs, added, gone, counted, part }: Change,
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
  const touch = (id: string, more: number): void => {
    const page = pageOf(id, pages);
    const was = touched.get(page) ?? held[page]!;
    touched.set(page, { ...was, revision, put: counted ? was.put : revision, items: was.items + more });
  };
  for (const record of put) if (record.revision === revision) touch(record.item.id, 0);
  for (const id of added) touch(id, 1);
  for (const id of gone) touch(id, -1);
  const isChange = touched.size > 0;
  for (const id of [...pairs.map((record) => record.id), ...gone]) {
    const page = pageOf(id, pages);
    touched.set(page, { ...(touched.get(page) ?? held[page]!), pairs: seq + 1 });
  }
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
