import {
  type ItemIndex,
  type ItemRows,
  type ListedItems,
  LIVE_HALF_LIVES,
  type Placement,
  RUNGS,
} from '@evershelf/model';
import type { MovedRows } from './movedRows.ts';

/** The index of a shop whose items come, move and are counted. Item i is the i-th that was placed. */
export interface GrowingIndex {
  /** Takes the rows of the items that it began with, which have none before, and how items are moved. */
  learn(rows: ItemRows, how: MovedRows): void;
  /** Puts an item where it stands now; the number behind the last one adds an item. */
  place(i: number, placement: Placement): void;
  /** Takes the live bytes of an item. */
  count(i: number, bytes: readonly number[]): void;
  rows(i: number): ArrayLike<number>;
  /** Position in RUNGS. */
  rung(i: number): number;
  live(i: number): Uint8Array;
  /**
   * The rows of all items as of now; the same object until an item comes or moves. What was given out stays as it is: an item that
   * comes stands behind it, and where one moves all of them are in new arrays.
   */
  items(): ItemRows;
  /** The same object as long as items only come: none of those before them has moved. */
  lineage(): object;
  /** All that is known now; valid until the next change. */
  current(): ItemIndex;
}

const WIDTH = LIVE_HALF_LIVES.length;

/** @param listed the items to begin with; no array that is given to the index is changed */
export function growingIndex(listed: ListedItems): GrowingIndex {
  let { count, rung, live } = listed;
  let trained: Pick<ItemRows, 'offsets' | 'rows'> | undefined;
  let offsets: Uint32Array = new Uint32Array(count + 1);
  let rows: ItemRows['rows'] = new Uint16Array(0);
  let movedRows: MovedRows | undefined;
  /** Items whose rows are others than the arrays have. */
  const moved = new Map<number, readonly number[]>();
  let given: ItemRows | undefined;
  let lineage = {};

  const rowsOf = (i: number): ArrayLike<number> =>
    moved.get(i) ?? rows.subarray(offsets[i]!, offsets[i + 1]!);

  const add = (own: readonly number[]): void => {
    const size = offsets[count]!;
    offsets = roomFor(count + 2, offsets, trained?.offsets);
    rows = roomFor(size + own.length, rows, trained?.rows);
    rows.set(own, size);
    offsets[++count] = size + own.length;
    live = roomFor(WIDTH * count, live, listed.live);
  };

  const items = (): ItemRows => {
    if (moved.size > 0) {
      ({ offsets, rows } = movedRows!({ count, offsets, rows }, moved));
      moved.clear();
      lineage = {};
    }
    given ??= { count, offsets: offsets.subarray(0, count + 1), rows: rows.subarray(0, offsets[count]) };
    return given;
  };

  return {
    learn(learned, how) {
      movedRows = how;
      trained = learned;
      ({ offsets, rows } = learned);
      if (count > learned.count) {
        // Items that came since have no rows yet.
        offsets = new Uint32Array(count + 1).fill(rows.length);
        offsets.set(learned.offsets);
      }
      given = undefined;
      lineage = {};
    },
    place(i, placement) {
      const own = placement.rows;
      const isNew = i === count;
      if (isNew) add(own);
      else if (!sameRows(rowsOf(i), own)) moved.set(i, own);
      if (isNew || moved.has(i)) given = undefined;
      const next = RUNGS.indexOf(placement.rung);
      if (rung[i] === next) return;
      rung = roomFor(count, rung, listed.rung);
      rung[i] = next;
    },
    count(i, bytes) {
      live = roomFor(WIDTH * count, live, listed.live);
      live.set(bytes, WIDTH * i);
    },
    rows: rowsOf,
    rung: (i) => rung[i]!,
    live: (i) => live.subarray(WIDTH * i, WIDTH * (i + 1)),
    items,
    lineage: () => {
      items();
      return lineage;
    },
    current: () => ({
      ...items(),
      rung: rung.subarray(0, count),
      live: live.subarray(0, WIDTH * count),
    }),
  };
}

/** An array that may be written, of so many numbers at least: `own`, or a copy with room for an eighth more. */
function roomFor<T extends Uint8Array | Uint16Array | Uint32Array>(
  length: number,
  own: T,
  trained: T | undefined,
): T {
  if (own !== trained && own.length >= length) return own;
  const Kind = own.constructor as new (length: number) => T;
  const copy = new Kind(length + Math.ceil(length / 8));
  copy.set(own);
  return copy;
}

function sameRows(a: ArrayLike<number>, b: readonly number[]): boolean {
  return a.length === b.length && b.every((row, k) => row === a[k]);
}
