import { sharedItems } from '../sharedItems.ts';
import type { Scorable } from '../Engine.ts';
import { itemVector } from './itemVector.ts';
import { lengthOf } from './lengthOf.ts';
import { roughOrder } from './roughOrder.ts';

/** Contexts that stand side by side in a SIMD register. */
export const LANES = 8;
/** Items that are taken at a time, and most between two looks at the bar. */
export const BLOCK = 4096;
/** Share of the items, and of their rows, that there is room for beyond them: the arrays stay where they are when an item comes. */
const SPARE = 1 / 16;
const PAGE = 65_536;

/** Items of a block with one number of rows: a loop over them has no branch that the processor guesses wrong. */
export interface Run {
  readonly width: number;
  /** Place of the first of them, and how many they are. */
  readonly first: number;
  readonly n: number;
  /** Address of their rows. */
  readonly rows: number;
}

/** A shop in WebAssembly's memory: the rows that its items have, and blocks of items in the order of their number of rows. */
export interface LoadedShop {
  readonly shop: Scorable;
  /** Where the arrays begin in the memory, in bytes. */
  readonly at: Layout;
  /** Bytes of a row's number: 2 where the table has no more rows than that. */
  readonly stride: 2 | 4;
  readonly runs: readonly Run[];
  /** The item at each place. */
  readonly itemOf: Uint32Array;
  /** Address of each item's first row; its rows are as many numbers apart as it stands in a group of items, `LANES` or fewer. */
  readonly rowsAt: Uint32Array;
  readonly groupOf: Uint8Array;
  /**
   * Where the memory has each row of the table: the `used` ones that an item of the shop has, or had, first; -1 where it has not.
   */
  readonly placeOf: Int32Array;
  readonly used: number;
  /** The largest sum over an item's rows of their lengths as vectors, and most rows of an item; of all that the shop ever had. */
  readonly itemNorm: number;
  readonly widest: number;
  /**
   * True where the items' own vectors are in the memory, by place: fewer than the rows that they have. `residual` is how far one
   * of them is off, as a part of itemNorm.
   */
  readonly hasVectors: boolean;
  readonly residual: number;
}

type Layout = ReturnType<typeof layOut>;

/** Takes shops into the memory, one after the other; it grows, and never shrinks. */
export interface ShopMemory {
  /**
   * Takes the shop for so many milliseconds; what the memory has of it is not taken again.
   *
   * @returns false where it has not taken all of it: call again
   * @throws {RangeError} where the memory cannot grow
   */
  load(shop: Scorable, milliseconds: number): boolean;
  /** The shop that was taken last; another object where anything changed. */
  loaded(): LoadedShop;
}

export function shopMemory(memory: WebAssembly.Memory): ShopMemory {
  let loaded: LoadedShop | undefined;
  let shop: Scorable | undefined;
  let at: Layout;
  /** How many of the shop's items are in the memory. */
  let copied = 0;
  /** How many items and rows of items the arrays have room for. */
  let most = { items: 0, rows: 0 };
  let blocks: Run[][] = [];
  let itemOf = new Uint32Array(0);
  let rowsAt = new Uint32Array(0);
  let groupOf = new Uint8Array(0);
  let placeOf = new Int32Array(0);
  let used = 0;
  /** True where all rows of the table are in the memory, and its owner let go of them. */
  let isWhole = false;
  /** Length of each row of the memory. */
  let norms = new Float64Array(0);
  let itemNorm = 0;
  let widest = 0;
  /** How far the vector of an item is off at most. */
  let off = 0;

  /** Copies a block of items, and the rows that they have and the memory has not. */
  const copy = ({ tables, index }: Scorable, from: number, until: number): Run[] => {
    const { dim } = tables;
    const { offsets } = index;
    const int8 = new Int8Array(memory.buffer, at.int8, tables.rows * dim);
    const scales = new Float32Array(memory.buffer, at.scales, tables.rows);
    const stride = strideOf(tables.rows);
    const rows = new (stride === 2 ? Uint16Array : Uint32Array)(memory.buffer, at.rows, most.rows);
    const take = (row: number): number => {
      const behind = placeOf[row]!;
      if (behind < 0) int8.set(tables.item.subarray(row * dim, (row + 1) * dim), used * dim);
      else swap(int8, dim, behind);
      const own = int8.subarray(used * dim, (used + 1) * dim);
      scales[used] = tables.itemScale[row]!;
      norms[used] = scales[used]! * lengthOf(own);
      return (placeOf[row] = used++);
    };
    const vectors = new Int8Array(memory.buffer, at.vectors, at.vectorRoom * dim);
    const vectorScales = new Float32Array(memory.buffer, at.vectorScales, at.vectorRoom);
    const vector = new Float64Array(dim);
    const byWidth: number[][] = [];
    for (let item = from; item < until; item++)
      (byWidth[offsets[item + 1]! - offsets[item]!] ??= []).push(item);
    const runs: Run[] = [];
    let [place, filled] = [from, offsets[from]!];
    byWidth.forEach((items, width) => {
      runs.push({ width, first: place, n: items.length, rows: at.rows + stride * filled });
      widest = Math.max(widest, width);
      // An item's rows in ascending order, and items in that of their first row: neighbours read neighbouring row scores.
      const own = new Uint32Array(items.length * width);
      const firsts = new Uint32Array(items.length);
      for (let i = 0; i < items.length; i++) {
        const [start, end] = [offsets[items[i]!]!, i * width];
        let norm = 0;
        for (let k = 0; k < width; k++) {
          const row = index.rows[start + k]!;
          const known = placeOf[row]!;
          const taken = known < 0 || known >= used ? take(row) : known;
          norm += norms[taken]!;
          let to = end + k;
          for (; to > end && own[to - 1]! > taken; to--) own[to] = own[to - 1]!;
          own[to] = taken;
        }
        itemNorm = Math.max(itemNorm, norm);
        if (width > 0) firsts[i] = own[end]!;
      }
      const order = roughOrder(firsts, tables.rows);
      for (let i = 0; i < items.length; i++, place++) {
        const from = order[i]!;
        const item = items[from]!;
        const lane = i % LANES;
        const group = Math.min(LANES, items.length - i + lane);
        const first = filled + (i - lane) * width + lane;
        itemOf[place] = item;
        rowsAt[item] = at.rows + stride * first;
        groupOf[item] = group;
        for (let k = 0; k < width; k++) rows[first + k * group] = own[from * width + k]!;
        if (at.vectorRoom === 0) continue;
        vector.fill(0);
        for (let k = 0; k < width; k++) {
          const row = own[from * width + k]!;
          const scale = scales[row]!;
          for (let d = 0; d < dim; d++) vector[d]! += scale * int8[row * dim + d]!;
        }
        const taken = itemVector(vector, vectors.subarray(place * dim, (place + 1) * dim));
        vectorScales[place] = taken.scale;
        off = Math.max(off, taken.off);
      }
      filled += items.length * width;
    });
    return runs;
  };

  /** Puts a row behind the used ones first among these; the one that is there takes its place. */
  const swap = (int8: Int8Array, dim: number, behind: number): void => {
    const row = int8.slice(behind * dim, (behind + 1) * dim);
    int8.copyWithin(behind * dim, used * dim, (used + 1) * dim);
    int8.set(row, used * dim);
    placeOf[placeOf.indexOf(used)] = behind;
  };

  /** Takes the rows of the table that no item has as well, so that the page need not hold it any more. */
  const takeOver = (tables: Scorable['tables']): void => {
    if (tables.handOver === undefined || isWhole) return;
    // Once: it may be a copy.
    const { rows, dim, item } = tables;
    const int8 = (): Int8Array => new Int8Array(memory.buffer, at.int8, rows * dim);
    const own = int8();
    let behind = used;
    for (let row = 0; row < rows; row++) {
      if (placeOf[row]! >= 0) continue;
      own.set(item.subarray(row * dim, (row + 1) * dim), behind * dim);
      placeOf[row] = behind++;
    }
    isWhole = true;
    tables.handOver(() => {
      const [from, copied] = [int8(), new Int8Array(rows * dim)];
      placeOf.forEach((place, row) => copied.set(from.subarray(place * dim, (place + 1) * dim), row * dim));
      return copied;
    });
  };

  return {
    load(next, milliseconds) {
      const { tables, index } = next;
      const { count } = index;
      const same = Math.min(copied, sharedItems(shop, next));
      if (same === copied && same === count && shop?.index === index && shop.tables === tables) return true;
      if (same < copied || same < count) copied = same - (same % BLOCK);
      if (shop?.tables !== tables) {
        if (isWhole) {
          const { item } = shop!.tables;
          shop!.tables.handOver!(() => item);
          isWhole = false;
        }
        placeOf = new Int32Array(tables.rows).fill(-1);
        norms = new Float64Array(tables.rows);
        used = itemNorm = widest = off = 0;
      }
      if (shop?.tables !== tables || count > most.items || index.rows.length > most.rows) {
        const withSpare = (length: number): number => length + Math.ceil(length * SPARE);
        most = { items: withSpare(count), rows: withSpare(index.rows.length) };
        at = layOut(tables, most);
        const pages = Math.ceil(at.end / PAGE) - memory.buffer.byteLength / PAGE;
        if (pages > 0) memory.grow(pages);
        new Int16Array(memory.buffer, at.nothing, LANES).fill(0);
        new Float32Array(memory.buffer, at.matches, tables.rows).fill(0);
        itemOf = new Uint32Array(most.items);
        rowsAt = new Uint32Array(most.items);
        groupOf = new Uint8Array(most.items);
        copied = 0;
      }
      shop = next;
      blocks = blocks.slice(0, Math.ceil(copied / BLOCK));
      const end = performance.now() + milliseconds;
      // A page may have put a clock without a time in the place of the browser's: all is taken at once then.
      while (copied < count && !(performance.now() >= end)) {
        const until = Math.min(count, copied + BLOCK);
        blocks.push(copy(next, copied, until));
        copied = until;
      }
      const stride = strideOf(tables.rows);
      loaded = {
        shop,
        at,
        stride,
        runs: blocks.flat(),
        itemOf,
        rowsAt,
        groupOf,
        placeOf,
        used,
        itemNorm,
        widest,
        hasVectors: at.vectorRoom > 0 && count < used,
        residual: itemNorm > 0 ? off / itemNorm : 0,
      };
      if (copied < count) return false;
      takeOver(tables);
      return true;
    },
    loaded: () => loaded!,
  };
}

function strideOf(rows: number): 2 | 4 {
  return rows <= 2 ** 16 ? 2 : 4;
}

/** Places of the arrays, those of the tables first: they stay where they are while the tables do. */
function layOut({ rows, dim }: Scorable['tables'], most: { items: number; rows: number }) {
  let end = 0;
  const place = (bytes: number): number => {
    const start = end;
    end += Math.ceil(bytes / 16) * 16;
    return start;
  };
  const vector = 2 * (dim + 8);
  // Items with two rows of their own each, and more, are likely to have fewer vectors than rows.
  const vectorRoom = 2 * most.items <= rows ? most.items : 0;
  return {
    // Four rows are read at a time, eight numbers of each, the last ones beyond the end.
    int8: place((rows + 3) * dim + 8),
    scales: place(4 * (rows + 3)),
    buckets: place(2 * LANES * (rows + 3)),
    matches: place(4 * rows),
    query: place(LANES * vector),
    low: place(vector),
    factors: place(4 * LANES),
    nothing: place(2 * LANES),
    weights: place(2 * LANES),
    bars: place(2 * LANES),
    ks: place(2 * LANES),
    places: place(4 * BLOCK),
    scores: place(2 * LANES * BLOCK),
    // Eight items are read at a time, the last ones beyond the end.
    prior: place(2 * (most.items + LANES)),
    // A number of a row is read as four bytes.
    rows: place(strideOf(rows) * most.rows + 2),
    vectorRoom,
    vectors: place((vectorRoom + 3) * dim + 8),
    vectorScales: place(4 * (vectorRoom + 3)),
    own: place(2 * LANES * (vectorRoom + 3)),
    end,
  };
}
