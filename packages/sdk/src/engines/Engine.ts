import type { ItemIndex, Query, Tables } from '@evershelf/model';
import type { EngineName } from '../types.ts';

/** All that ranking reads beside the query. Nobody changes the arrays once they are here; a change comes as new ones. */
export interface Scorable {
  readonly tables: Tables;
  readonly index: ItemIndex;
  /** index.count numbers from `itemPrior`. */
  readonly prior: Float32Array;
  /** The ids of at least index.count items; they order equal scores. */
  readonly ids: readonly string[];
}

export interface TopKOptions {
  /** How many, >= 1. */
  readonly k: number;
  /** index.count bytes, 0 for the items that must not come back. Read before `topK` returns. */
  readonly mask: Uint8Array;
}

/** The best items, best first; equal scores in ascending order of their ids' UTF-16 code units. */
export interface Ranked {
  readonly items: Uint32Array;
  readonly scores: Float32Array;
}

/** Something that ranks all items for a query. Every engine passes `test/engineConformance.ts`. */
export interface Engine {
  readonly name: EngineName;
  /** Takes the shop, or the shop after a change; what is the same array as before is not taken again. */
  load(shop: Scorable): void;
  /**
   * The min(k, unmasked items) best items of the shop loaded last, with scores within `scoreTolerance` of
   * `referenceScores`.
   *
   * @throws where the device is gone; the engine is of no more use then
   */
  topK(query: Query, options: TopKOptions): Promise<Ranked>;
  close(): void;
}
