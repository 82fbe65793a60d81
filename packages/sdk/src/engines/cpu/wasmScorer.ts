import type { Query, Tables } from '@evershelf/model';
import { bestItems } from '../bestItems.ts';
import type { Ask, Ranked, Scorable } from '../Engine.ts';
import { hasItem } from '../mask.ts';
import { sharedItems } from '../sharedItems.ts';
import { SCORE_CODE } from './scoreCode.ts';
import type { Scorer } from './Scorer.ts';

type Gather = (buckets: number, offsets: number, rows: number, prior: number, n: number, out: number) => void;

/** The functions of score.wat. */
interface Kernels {
  buckets(
    int8: number,
    scales: number,
    high: number,
    low: number,
    n: number,
    dim: number,
    step: number,
    contexts: number,
    out: number,
  ): void;
  readonly gather1: Gather;
  readonly gather4: Gather;
  readonly gather1of16: Gather;
  readonly gather4of16: Gather;
  reaching(scores: number, from: number, until: number, bars: number, out: number): number;
}

/** Where the arrays begin in the memory, in bytes. */
interface Layout {
  readonly int8: number;
  readonly scales: number;
  readonly offsets: number;
  readonly rows: number;
  readonly prior: number;
  readonly high: number;
  readonly low: number;
  readonly bars: number;
  readonly reached: number;
  readonly buckets: number;
  readonly scores: number;
}

/** Contexts that stand side by side in a SIMD register, and items where there is one context. */
const LANES = 4;
/** Groups of scores between two looks at the bar: few at first, when it rises fast. */
const FIRST_GROUPS = 64;
const GROUPS = 4096;
const PAGE = 65_536;
/** Items that are copied between two looks at the clock. */
const RUN = 4096;
/** Share of the items, and of their rows, that there is room for beyond them: the arrays stay where they are when an item comes. */
const SPARE = 1 / 16;
/**
 * The largest 16-bit number. A query is so many steps, their whole part and what is left of it as 16-bit numbers each, so that a
 * row times a query is whole numbers, as exact as single precision.
 */
const LARGEST = 32_767;

/**
 * Ranks with WebAssembly SIMD: whole-number dot products for the rows that the shop's items have, and four contexts at a time for
 * the items. The memory holds a copy of the shop; it grows, and never shrinks.
 *
 * @returns undefined where the page's policy forbids WebAssembly or the browser has no SIMD
 */
export function wasmScorer(): Scorer | undefined {
  const opened = open();
  if (opened === undefined) return undefined;
  const { memory, run } = opened;
  let shop: Scorable | undefined;
  let at: Layout;
  /** How many contexts stand side by side in the room for buckets and scores. */
  let room = 0;
  /** How many of the shop's items are in the memory. */
  let copied = 0;
  /** How many items and rows of items the arrays have room for. */
  let most = { items: 0, rows: 0 };
  /** Where the memory has each row of the table, -1 where no item of the shop ever had it; and how many it has. */
  let placeOf = new Int32Array(0);
  let used = 0;
  let prior: Float32Array | undefined;

  const floats = (from: number, length: number): Float32Array =>
    new Float32Array(memory.buffer, from, length);
  const whole = (from: number, length: number): Uint32Array => new Uint32Array(memory.buffer, from, length);

  /** Lays the arrays out, with room for `contexts` side by side. Those of the shop stay where they are while they have room. */
  const layOut = ({ tables }: Scorable, contexts: number): void => {
    let end = 0;
    const place = (bytes: number): number => {
      const start = end;
      end += Math.ceil(bytes / 16) * 16;
      return start;
    };
    const { rows, dim } = tables;
    const groups = Math.ceil(most.items / LANES) * LANES;
    at = {
      // A row is read eight numbers at a time, the last one beyond its end.
      int8: place(rows * dim + 8),
      scales: place(4 * rows),
      offsets: place(4 * (most.items + 1)),
      rows: place((isShort(tables) ? 2 : 4) * most.rows),
      prior: place(4 * most.items),
      high: place(2 * dim + 16),
      low: place(2 * dim + 16),
      bars: place(4 * LANES),
      reached: place(4 * GROUPS),
      buckets: place(4 * rows * contexts),
      scores: place(4 * groups * contexts),
    };
    const pages = Math.ceil(end / PAGE) - memory.buffer.byteLength / PAGE;
    if (pages > 0) memory.grow(pages);
    room = contexts;
  };

  /** Copies some items, and the rows that they have and the memory has not. */
  const copy = ({ tables, index }: Scorable, from: number, until: number): void => {
    const { dim } = tables;
    const int8 = new Int8Array(memory.buffer, at.int8, tables.item.length);
    const scales = floats(at.scales, tables.rows);
    const Kind = isShort(tables) ? Uint16Array : Uint32Array;
    const rows = new Kind(memory.buffer, at.rows, index.rows.length);
    const end = index.offsets[until]!;
    for (let k = index.offsets[from]!; k < end; k++) {
      const row = index.rows[k]!;
      if (placeOf[row]! < 0) {
        int8.set(tables.item.subarray(row * dim, (row + 1) * dim), used * dim);
        scales[used] = tables.itemScale[row]!;
        placeOf[row] = used++;
      }
      rows[k] = placeOf[row]!;
    }
    whole(at.offsets, index.count + 1).set(index.offsets.subarray(from, until + 1), from);
  };

  /** Scores of the used rows for one context, at place c of `contexts` side by side. */
  const scoreRows = ({ vector, matchRows, matchValues }: Query, c: number, contexts: number): void => {
    const { dim } = shop!.tables;
    const step = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / LARGEST;
    const high = new Int16Array(memory.buffer, at.high, dim + 8).fill(0);
    const low = new Int16Array(memory.buffer, at.low, dim + 8).fill(0);
    for (let d = 0; d < dim; d++) {
      const steps = step > 0 ? vector[d]! / step : 0;
      high[d] = Math.round(steps);
      low[d] = Math.round((steps - high[d]!) * 2 * LARGEST);
    }
    run.buckets(at.int8, at.scales, at.high, at.low, used, dim, step, contexts, at.buckets + 4 * c);
    const buckets = floats(at.buckets, used * contexts);
    matchRows.forEach((row, k) => {
      if (placeOf[row]! >= 0) buckets[placeOf[row]! * contexts + c]! += matchValues[k]!;
    });
  };

  const scoreItems = (asks: readonly Ask[], contexts: number): void => {
    const { count } = shop!.index;
    asks.forEach(({ query }, c) => scoreRows(query, c, contexts));
    const [one, four] = isShort(shop!.tables)
      ? [run.gather1of16, run.gather4of16]
      : [run.gather1, run.gather4];
    (contexts === 1 ? one : four)(at.buckets, at.offsets, at.rows, at.prior, count, at.scores);
    const groups = Math.ceil(count / LANES) * LANES;
    const scores = floats(at.scores, groups * contexts);
    asks.forEach(({ query: { items, itemValues } }, c) =>
      items.forEach((item, k) => (scores[item * contexts + c]! += itemValues[k]!)),
    );
    if (contexts === 1) scores.fill(-Infinity, count);
  };

  /** The best items of one context, or of up to four side by side. */
  const select = (asks: readonly Ask[], contexts: number): Ranked[] => {
    const { index, ids } = shop!;
    const { count } = index;
    const best = asks.map(({ k }) => bestItems(k, ids));
    const bars = floats(at.bars, LANES);
    const scores = floats(at.scores, Math.ceil(count / LANES) * LANES * contexts);
    const reached = whole(at.reached, GROUPS);
    const offer = (c: number, item: number, score: number): void => {
      if (score >= best[c]!.bar() && hasItem(asks[c]!.mask, item)) best[c]!.offer(item, score);
    };
    const all = contexts === 1 ? Math.ceil(count / LANES) : count;
    for (let from = 0, size = FIRST_GROUPS; from < all; from += size, size = GROUPS) {
      for (let lane = 0; lane < LANES; lane++)
        bars[lane] = contexts === 1 ? best[0]!.bar() : (best[lane]?.bar() ?? Infinity);
      const found = run.reaching(at.scores, from, Math.min(from + size, all), at.bars, at.reached);
      for (let f = 0; f < found; f++) {
        const start = reached[f]! * LANES;
        for (let lane = 0; lane < LANES; lane++) {
          if (contexts > 1) {
            if (lane < asks.length) offer(lane, reached[f]!, scores[start + lane]!);
          } else if (start + lane < count) offer(0, start + lane, scores[start + lane]!);
        }
      }
    }
    return best.map((each) => each.ranked());
  };

  return {
    atOnce: LANES,
    load(next, milliseconds) {
      const { tables, index } = next;
      copied = Math.min(copied, sharedItems(shop, next));
      if (shop?.tables !== tables) {
        placeOf = new Int32Array(tables.rows).fill(-1);
        used = 0;
      }
      if (shop?.tables !== tables || index.count > most.items || index.rows.length > most.rows) {
        const withSpare = (length: number): number => length + Math.ceil(length * SPARE);
        most = { items: withSpare(index.count), rows: withSpare(index.rows.length) };
        layOut(next, 1);
        prior = undefined;
        copied = 0;
      }
      shop = next;
      const end = performance.now() + milliseconds;
      while (copied < index.count && performance.now() < end) {
        const until = Math.min(index.count, copied + RUN);
        copy(next, copied, until);
        copied = until;
      }
      return copied === index.count;
    },
    topK(asks) {
      const answers = new Map<Ask, Ranked>();
      for (const own of new Set(asks.map((ask) => ask.prior))) {
        const alike = asks.filter((ask) => ask.prior === own);
        if (alike.length > 1 && room === 1) layOut(shop!, LANES);
        if (prior !== own) floats(at.prior, own.length).set(own);
        prior = own;
        for (let from = 0; from < alike.length; from += LANES) {
          const part = alike.slice(from, from + LANES);
          const contexts = part.length === 1 ? 1 : LANES;
          scoreItems(part, contexts);
          select(part, contexts).forEach((ranked, c) => answers.set(part[c]!, ranked));
        }
      }
      return asks.map((ask) => answers.get(ask)!);
    },
  };
}

/** True where a row is a 16-bit number: half of the bytes that a large shop is read from. */
function isShort({ rows }: Tables): boolean {
  return rows <= 2 ** 16;
}

/** The kernels and their memory; undefined where WebAssembly or its SIMD is not to be had. */
function open(): { memory: WebAssembly.Memory; run: Kernels } | undefined {
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(SCORE_CODE), (char) => char.charCodeAt(0)));
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return { memory, run: exports as unknown as Kernels };
  } catch {
    return undefined;
  }
}
