/** Half-lives of the live counters, in days: what sells today, this week, this season. */
export const LIVE_HALF_LIVES = [1, 5, 20] as const;

/** Steps of a live byte for each unit of ln(1 + count): 6 % a step, counts up to 8 million. */
const STEPS = 16;

/** A decayed count (>= 0) as one byte: round(16 ln(1 + count)), at most 255. */
export function encodeLive(count: number): number {
  return Math.min(255, Math.round(STEPS * Math.log1p(Math.max(0, count))));
}

/** The value that a live byte adds to the score, ln(1 + count), before its weight. */
export function decodeLive(byte: number): number {
  return byte / STEPS;
}

/** What is left of a counter after `seconds`, as a factor in 0..1, for a half-life in days. */
export function liveDecay(seconds: number, halfLifeDays: number): number {
  return 2 ** (-Math.max(0, seconds) / (86_400 * halfLifeDays));
}
