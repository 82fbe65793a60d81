import type { Recommendation, RecommendedItem, RecommendOptions } from '../../types.ts';
import type { PlacementName } from '../Storefront.ts';

/** A shelf as it stands on the page. */
export interface DrawnShelf {
  readonly element: Element;
  /** What the shop calls it; the placement where it has no name. Names the list in the shop's data layer and in the log. */
  readonly name: string;
  readonly placement: PlacementName;
  /** What the recommender was asked; where an experiment interleaves two questions, the first of them. */
  readonly asked: RecommendOptions;
  readonly answer: Recommendation;
  readonly cards: readonly DrawnCard[];
  /** Name of the experiment that chose what it shows; absent where none did. */
  readonly experiment?: string;
}

export interface DrawnCard {
  readonly element: Element;
  readonly recommended: RecommendedItem;
  /** From 1. */
  readonly position: number;
  /** Probability, over the random choices of the experiment, that this item is on this shelf; 1 where there is none. In (0, 1]. */
  readonly propensity: number;
  /** The variant that put it here; absent where no experiment did. */
  readonly variant?: string;
}
