import type { Histories } from '../train/Histories.ts';

/** A recommender under evaluation. */
export interface Method {
  /** Takes in event e of the log as it passes; every event is passed once, in order, also those trained on. */
  observe(e: number): void;
  /**
   * Scores every item of the log for the sequence of event e, before that event is known.
   *
   * @param histories what each sequence did before e
   * @param out overwritten; -Infinity pushes an item behind all others
   */
  score(e: number, histories: Histories, out: Float32Array): void;
}
