import type { ItemRows, ItemTable, Query, Texts } from '@evershelf/model';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { EngineName } from '../types.ts';
import type { Mask } from './mask.ts';
import type { SharedTable } from './sharedTable.ts';
import type { Rerank, Tfjs } from './rerank/Rerank.ts';

/** The items of the shop as every question reads them. Nobody changes the arrays once they are here; a change comes as new ones. */
export interface ShopItems {
  readonly index: ItemRows;
  /** The ids of at least index.count items; they order equal scores. */
  readonly ids: Texts;
  /**
   * Shops of one lineage have the same items with the same rows and ids, up to the count of the smaller; absent where that is not
   * known.
   */
  readonly lineage?: object;
}

/** The items, and the tables that they are scored by. */
export interface Scorable extends ShopItems {
  readonly tables: ItemTable & Partial<SharedTable>;
}

/** One question: a context, and what may be answered. */
export interface Ask {
  readonly query: Query;
  /** index.count numbers from `itemPrior`. Questions that weigh the signals alike share one array, which nobody changes. */
  readonly prior: Float32Array;
  /**
   * index.count bits in ceil(index.count / 32) words, item i is bit i % 32 of word i >> 5: 0 for the items that must not come
   * back, and behind the last item. Nobody changes it before the answer is there.
   */
  readonly mask: Mask;
  /** How many, >= 1. */
  readonly k: number;
  /** When the answer is due, by the page's clock (`performance.now()`); absent where it may take its time. */
  readonly until?: number;
  /** The page's model, which has the last word about the `top` best. Engines leave it to `rerankedTopK`. */
  readonly rerank?: Required<Rerank> & { readonly tf: Tfjs };
}

/** The n best items of one question on the device of the page's tfjs, in tensors that its backend holds and the caller disposes of. */
export interface OnDevice {
  readonly n: number;
  /** [2n + 1], float32: scores, best first; items; more than 0 where there was no room for all that may be among them. */
  readonly best: TensorInfo;
  /** [n, dim], float32: the sums of the items' rows. */
  readonly items: TensorInfo;
  /** [dim], float32. */
  readonly query: TensorInfo;
  /** @throws where the device failed meanwhile: what was read of these tensors is not to be trusted */
  check(): void;
}

/** The best items, best first; equal scores in ascending order of their ids' UTF-16 code units. */
export interface Ranked {
  readonly items: Uint32Array;
  readonly scores: Float32Array;
}

/** Something that ranks all items for one question or many at once. Every engine passes `test/engineConformance.ts`. */
export interface Engine {
  readonly name: EngineName;
  /** Takes the shop in slices that do not hold the page up, so that `load` has nothing left to do. */
  prepare?(shop: Scorable): Promise<void>;
  /** Takes the shop, or the shop after a change; what is the same array as before is not taken again. */
  load(shop: Scorable): void;
  /**
   * For each question the min(k, unmasked items) best items of the shop loaded last, with scores within `scoreTolerance` of
   * `referenceScores`.
   *
   * @throws where the device is gone; the engine is of no more use then
   */
  topK(asks: readonly Ask[]): Promise<Ranked[]>;
  /**
   * The `top` best items of a question, left on the device; fewer where fewer are unmasked. Absent where the engine does not work
   * on the device of the page's tfjs, undefined where it cannot tell them there.
   */
  candidates?(ask: Ask, top: number): OnDevice | undefined;
  close(): void;
}
