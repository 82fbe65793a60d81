import type { Recommendation, RecommendOptions, RecommendedItem } from '../../types.ts';
import type { PlacementName, PlacementOptions } from '../Storefront.ts';

/** A shelf that wants to be filled. */
export interface Question {
  readonly placement: PlacementName;
  /** What the recommender is asked, where a variant of an experiment says so much. */
  optionsOf(variant: PlacementOptions): RecommendOptions;
}

/** What has to be asked for one shelf, and what its cards are then: one question, or one for each variant that is interleaved. */
export interface Plan {
  readonly asks: readonly RecommendOptions[];
  /** @param answers one for each of `asks`, in their order */
  cardsOf(answers: readonly Recommendation[]): readonly PlannedCard[];
  readonly experiment?: string;
}

/** What `DrawnCard` says of it, before there is an element. */
export interface PlannedCard {
  readonly recommended: RecommendedItem;
  readonly propensity: number;
  readonly variant?: string;
}
