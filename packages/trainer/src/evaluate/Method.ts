import type { PersonalItem } from '@evershelf/model';
import type { Histories } from '../train/Histories.ts';

/** What a recommender may know when it is asked: everything before the event that is to be predicted. */
export interface Moment {
  /** Unix seconds. */
  readonly time: number;
  readonly sequence: number;
  /** What the sequence had of each item, each item once. */
  readonly personal: readonly PersonalItem[];
  readonly histories: Histories;
}

/** A recommender under evaluation. */
export interface Method {
  /** Takes in event e of the log as it passes; every event is passed once, in order, also those trained on. */
  observe(e: number): void;
  /** Scores every item of the log; -Infinity pushes an item behind all others. `out` is overwritten. */
  score(moment: Moment, out: Float32Array): void;
}
