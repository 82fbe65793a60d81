import { encodeLive, LIVE_HALF_LIVES, liveDecay } from '@evershelf/model';

/** Decayed counts as data. */
export interface CounterState {
  /** items x half-lives; as of a common moment for each half-life. */
  readonly counts: Float64Array;
  /** half-lives; that moment, NaN before the first event. */
  readonly since: Float64Array;
}

/** Exponentially decayed counts of every item's events, one for each half-life. */
export interface LiveCounters {
  /** Counts one event; time is Unix seconds and never falls. */
  add(item: number, time: number): void;
  /** Writes the live bytes as of `time`, items x half-lives. */
  bytes(time: number, out: Uint8Array): void;
}

/** Counts are kept as of a common moment, and moved to a later one before they outgrow a double. */
const LONGEST_GROWTH = 2 ** 500;

export function newCounterState(items: number): CounterState {
  const width = LIVE_HALF_LIVES.length;
  return { counts: new Float64Array(items * width), since: new Float64Array(width).fill(NaN) };
}

/** @param state counted on in place; default nothing so far */
export function liveCounters(
  items: number,
  { counts, since }: CounterState = newCounterState(items),
): LiveCounters {
  const width = LIVE_HALF_LIVES.length;
  const growth = (h: number, time: number): number => 1 / liveDecay(time - since[h]!, LIVE_HALF_LIVES[h]!);
  // What an event counts as of the common moment; the lines of a basket share it.
  const grown = new Float64Array(width);
  let latest = NaN;
  const moveOn = (time: number): void => {
    latest = time;
    for (let h = 0; h < width; h++) {
      if (Number.isNaN(since[h]!)) since[h] = time;
      grown[h] = growth(h, time);
      if (grown[h]! <= LONGEST_GROWTH) continue;
      for (let k = h; k < counts.length; k += width) counts[k] = counts[k]! / grown[h]!;
      since[h] = time;
      grown[h] = 1;
    }
  };
  return {
    add(item, time) {
      if (time !== latest) moveOn(time);
      for (let h = 0, k = item * width; h < width; h++, k++) counts[k] = counts[k]! + grown[h]!;
    },
    bytes(time, out) {
      for (let h = 0; h < width; h++) {
        const shrink = 1 / growth(h, time);
        for (let k = h; k < counts.length; k += width)
          out[k] = counts[k] === 0 ? 0 : encodeLive(counts[k]! * shrink);
      }
    },
  };
}
