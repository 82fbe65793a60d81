/** How much the items of a history say, each by when and how it was met: learned with the two-tower, for `deep`. */
export interface ContextWeights {
  /** What is left of an item's weight for each moment that is later, in (0, 1]. */
  readonly decay: number;
  /** Factors by the time since the event, one for each of the `GAPS` and one for what is longer ago; all above 0. */
  readonly gaps: readonly number[];
  /** Factors by the event's kind, above 0; 1 for kinds that are not named. */
  readonly kinds: Readonly<Record<string, number>>;
}

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];

/** Bounds between the gaps that have a weight of their own, in seconds. */
export const GAPS = [MINUTE, HOUR, DAY, 7 * DAY, 30 * DAY, 90 * DAY] as const;

/** Place of a time since an event among `ContextWeights.gaps`. */
export function gapOf(seconds: number): number {
  let gap = 0;
  while (gap < GAPS.length && seconds >= GAPS[gap]!) gap++;
  return gap;
}

/** Weights of a history by its order alone: decay^age. */
export function orderWeights(decay: number): ContextWeights {
  return { decay, gaps: Array.from({ length: GAPS.length + 1 }, () => 1), kinds: {} };
}

/** Weight of what was done `age` moments and `gap` seconds ago: decay^age x gaps[gap] x kinds[kind]. */
export function contextWeight(
  { age, gap, kind }: { readonly age: number; readonly gap: number; readonly kind: string },
  { decay, gaps, kinds }: ContextWeights,
): number {
  const factor = Object.hasOwn(kinds, kind) ? kinds[kind]! : 1;
  return decay ** age * gaps[gapOf(gap)]! * factor;
}
