import type { Ask, Ranked, Scorable } from '../Engine.ts';

/** What the CPU engine ranks with. */
export interface Scorer {
  /** Questions that it answers in one go. */
  readonly atOnce: number;
  /**
   * Takes the shop, as `Engine.load` does, for so many milliseconds.
   *
   * @returns false where it has not taken all of it: call again
   */
  load(shop: Scorable, milliseconds: number): boolean;
  /** As `Engine.topK`, of a shop that is taken and for questions that share a prior, `atOnce` at most. */
  topK(asks: readonly Ask[]): Ranked[];
}
