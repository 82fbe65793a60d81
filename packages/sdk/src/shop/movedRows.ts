import type { ItemRows } from '@evershelf/model';

export type MovedRows = typeof movedRows;

/**
 * Offsets and rows in new arrays, with those of some items in the places of what they were; what did not move is copied in runs.
 * Items move where all of a model places them, and this comes with it.
 */
export function movedRows(
  before: ItemRows,
  moved: ReadonlyMap<number, readonly number[]>,
): Pick<ItemRows, 'offsets' | 'rows'> {
  const { count } = before;
  let size = before.offsets[count]!;
  for (const [i, own] of moved) size += own.length - (before.offsets[i + 1]! - before.offsets[i]!);
  const offsets = new Uint32Array(count + 1);
  const rows = emptyLike(before.rows, size);
  let next = 0;
  let end = 0;
  const copyUntil = (i: number): void => {
    if (next >= i) return;
    const from = before.offsets[next]!;
    const run = before.rows.subarray(from, before.offsets[i]!);
    rows.set(run, end);
    const shift = end - from;
    for (; next < i; next++) offsets[next + 1] = before.offsets[next + 1]! + shift;
    end += run.length;
  };
  for (const i of [...moved.keys()].toSorted((a, b) => a - b)) {
    copyUntil(i);
    rows.set(moved.get(i)!, end);
    end += moved.get(i)!.length;
    offsets[i + 1] = end;
    next = i + 1;
  }
  copyUntil(count);
  return { offsets, rows };
}

function emptyLike<T extends ItemRows['rows']>(rows: T, length: number): T {
  return new (rows.constructor as new (length: number) => T)(length);
}
