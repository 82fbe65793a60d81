import { hasItem, type Mask } from '../engines/mask.ts';
import type { ConditionMasks } from './conditionMasks.ts';
import type { Boost } from './Rules.ts';

/** What items have before anyone looks, boosts included. */
export interface BoostedPrior {
  readonly prior: Float32Array;
  /** What the boosts gave to item i. */
  boostOf(i: number): number;
}

/** Most priors that are kept for the same signals: each has a number for every item. */
const MOST = 4;

/**
 * Adds boosts to a prior, so that an item from the deep of the catalogue comes up wherever the engine looks. Equal boosts of one
 * prior are one array until the shop changes, as engines wish it.
 */
export function boostedPriors(
  conditions: ConditionMasks,
): (prior: Float32Array, boosts: readonly Boost[]) => BoostedPrior {
  let kept = new WeakMap<Float32Array, Map<string, BoostedPrior>>();
  let version = 0;
  return (prior, boosts) => {
    if (boosts.length === 0) return { prior, boostOf: () => 0 };
    if (version !== conditions.version()) kept = new WeakMap();
    version = conditions.version();
    const known = kept.get(prior) ?? new Map<string, BoostedPrior>();
    kept.set(prior, known);
    const key = JSON.stringify(boosts);
    const boosted = known.get(key) ?? boostedPrior(prior, boosts, conditions);
    known.delete(key);
    known.set(key, boosted);
    if (known.size > MOST) known.delete(known.keys().next().value!);
    return boosted;
  };
}

function boostedPrior(
  prior: Float32Array,
  boosts: readonly Boost[],
  conditions: ConditionMasks,
): BoostedPrior {
  const lifted = prior.slice();
  const lifts = boosts.map(({ where, by }) => ({ mask: conditions.fitting(where), by }));
  for (const { mask, by } of lifts) add(lifted, mask, by);
  return {
    prior: lifted,
    boostOf: (i) => lifts.reduce((sum, { mask, by }) => (hasItem(mask, i) ? sum + by : sum), 0),
  };
}

function add(to: Float32Array, mask: Mask, by: number): void {
  mask.forEach((bits, word) => {
    if (bits === 0) return;
    for (let i = 32 * word; i < Math.min(32 * (word + 1), to.length); i++) if (hasItem(mask, i)) to[i]! += by;
  });
}
