import { encodeLive, LIVE_HALF_LIVES, liveDecay } from '@evershelf/model';

/** Exponentially decayed counts of every item's events, one for each half-life. */
export interface LiveCounters {
  /** Counts one event; time is Unix seconds and never falls. */
  add(item: number, time: number): void;
  /** Writes the live bytes as of `time`, items x half-lives. */
  bytes(time: number, out: Uint8Array): void;
}

/** Counts are kept as of a common moment, and moved to a later one before they outgrow a double. */
const LONGEST_GROWTH = 2 ** 500;

export function liveCounters(items: number): LiveCounters {
  const width = LIVE_HALF_LIVES.length;
  const counts = new Float64Array(items * width);
  const since = new Float64Array(width).fill(NaN);
  const growth = (h: number, time: number): number => 1 / liveDecay(time - since[h]!, LIVE_HALF_LIVES[h]!);
  return {
    add(item, time) {
      for (let h = 0; h < width; h++) {
        if (Number.isNaN(since[h]!)) since[h] = time;
        let grown = growth(h, time);
        if (grown > LONGEST_GROWTH) {
          for (let k = h; k < counts.length; k += width) counts[k] = counts[k]! / grown;
          since[h] = time;
          grown = 1;
        }
        counts[item * width + h] = counts[item * width + h]! + grown;
      }
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
