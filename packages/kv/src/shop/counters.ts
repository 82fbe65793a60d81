import { decodeLive, encodeLive, LIVE_HALF_LIVES, liveDecay } from '@evershelf/model';

/** Decayed counts of an item's events, one for each half-life, as of one moment. */
export interface Counters {
  readonly counts: readonly number[];
  /** Unix seconds. */
  readonly time: number;
}

/** Counters that saw one event. */
export function oneEvent(time: number): Counters {
  return { counts: LIVE_HALF_LIVES.map(() => 1), time };
}

/** The counters as they are at a later moment. */
export function aged({ counts, time }: Counters, now: number): Counters {
  const seconds = now - time;
  return { counts: counts.map((count, h) => count * liveDecay(seconds, LIVE_HALF_LIVES[h]!)), time: now };
}

/** Both counted together, as of the later of their moments. */
export function sum(a: Counters, b: Counters): Counters {
  const time = Math.max(a.time, b.time);
  const [x, y] = [aged(a, time), aged(b, time)];
  return { counts: x.counts.map((count, h) => count + y.counts[h]!), time };
}

export function fromBytes(bytes: readonly number[], time: number): Counters {
  return { counts: bytes.map((byte) => Math.expm1(decodeLive(byte))), time };
}

export function toBytes({ counts }: Counters): number[] {
  return counts.map(encodeLive);
}
