import type { Experiment } from '../Storefront.ts';
import { chanceOf } from './chanceOf.ts';
import { sharesOf } from './sharesOf.ts';

/** The variant of a split that a shopper sees; another experiment deals the same shoppers anew. */
export function variantOf(experiment: Experiment, shopper: string): string {
  const shares = sharesOf(experiment);
  let left = chanceOf(`${shopper} ${experiment.name}`);
  return (shares.find(([, share]) => (left -= share) < 0) ?? shares.at(-1)!)[0];
}
