import type { Boost } from '../../rules/Rules.ts';

/** How often an item may be seen before it is lowered. */
const FREE = 3;
/** Steps down at most: rules have at most 100 boosts. */
const STEPS = 12;

/**
 * Lowers items that the shopper saw on shelves and passed over, the more the more often: by `strength` for each time after the
 * third, at most twelve times.
 *
 * @param seen how often each item was seen since it was opened last
 * @param strength >= 0, in the score's own unit
 */
export function seenBoosts(seen: ReadonlyMap<string, number>, strength: number): Boost[] {
  const steps = new Map<number, string[]>();
  for (const [id, times] of seen) {
    const step = Math.min(times - FREE, STEPS);
    if (step > 0) steps.set(step, [...(steps.get(step) ?? []), id]);
  }
  if (strength === 0) return [];
  return [...steps].map(([step, ids]) => ({ where: { id: { in: ids } }, by: -strength * step }));
}
