import type { RecommendOptions } from 'evershelf';

/** A shelf as a page asks for it. */
export interface ShelfSpec {
  readonly name: string;
  readonly title: () => string;
  /** A line below the title. */
  readonly note?: () => string;
  /** Address of a page that has more of the same. */
  readonly more?: string;
  /** What to ask for; undefined where the shelf is not wanted now. */
  readonly options: () => RecommendOptions | undefined;
  /** Says why nothing is here; without it an empty shelf is hidden. */
  readonly empty?: string;
  /** False to show several products of one title; many of the shop's products share one. */
  readonly variety?: boolean;
  /** True to leave out what the shelves above it show. */
  readonly fresh?: boolean;
}
