import { hasItem, type Mask } from '../mask.ts';
import { kthLargest } from './kthLargest.ts';

/** Collects the items that may be among the k best, by 16-bit scores that are near the true ones. */
export interface Candidates {
  /**
   * Begins anew.
   *
   * @param k how many are wanted, >= 1
   * @param margin how far below the k-th best score an item of the k best can be
   * @param mask the items that are taken
   * @param bar one that no item of the k best is below
   */
  begin(k: number, margin: number, mask: Mask, bar: number): void;
  /**
   * Takes those of n items that reach the bar, each at most once.
   *
   * @param places the items' places, and `itemOf` the item at each place
   * @param scores those of item i at i x lanes + lane
   */
  take(
    n: number,
    places: Uint32Array,
    itemOf: Uint32Array,
    scores: Int16Array,
    lanes: number,
    lane: number,
  ): void;
  /** The least score that can still come in, lifted where enough came since it was lifted last. */
  bar(): number;
  /** What was kept, in no order; to be read before the next begins. */
  items(): Uint32Array;
}

/** The least 16-bit number. */
export const LOWEST = -32_768;
const FIRST_ROOM = 1024;

export function candidates(): Candidates {
  let wanted: { k: number; margin: number; mask: Mask } = { k: 1, margin: 0, mask: new Uint32Array(0) };
  let items = new Uint32Array(FIRST_ROOM);
  let scores = new Int16Array(FIRST_ROOM);
  let scratch = new Int16Array(FIRST_ROOM);
  let length = 0;
  let bar = LOWEST;
  /** How many there are when the bar is lifted next. */
  let due = 0;

  const lift = (): void => {
    const { k, margin } = wanted;
    if (length < k) return;
    for (let c = 0; c < length; c++) scratch[c] = scores[c]!;
    bar = Math.max(bar, kthLargest(scratch, length, k) - margin);
    let kept = 0;
    for (let c = 0; c < length; c++) {
      if (scores[c]! < bar) continue;
      items[kept] = items[c]!;
      scores[kept++] = scores[c]!;
    }
    length = kept;
    due = 2 * Math.max(k, length);
  };

  return {
    begin(k, margin, mask, least) {
      wanted = { k, margin, mask };
      length = 0;
      bar = least;
      due = 2 * k;
    },
    take(n, places, itemOf, found, lanes, lane) {
      if (length + n > items.length) {
        const room = 2 * (length + n);
        items = longer(items, new Uint32Array(room));
        scores = longer(scores, new Int16Array(room));
        scratch = new Int16Array(room);
      }
      for (let f = 0, at = lane; f < n; f++, at += lanes) {
        const score = found[at]!;
        if (score < bar) continue;
        const item = itemOf[places[f]!]!;
        if (!hasItem(wanted.mask, item)) continue;
        items[length] = item;
        scores[length++] = score;
      }
    },
    bar() {
      if (length >= due) lift();
      return bar;
    },
    items() {
      // Scoring a few more exactly is quicker than telling them.
      if (2 * length > 3 * wanted.k) lift();
      return items.subarray(0, length);
    },
  };
}

function longer<T extends Uint32Array | Int16Array>(short: T, long: T): T {
  long.set(short);
  return long;
}
