import type * as tfjs from '@tensorflow/tfjs-core';

/** The page's own tfjs, as far as it is called here. */
export type Tfjs = Pick<
  typeof tfjs,
  | 'backend'
  | 'cast'
  | 'concat'
  | 'engine'
  | 'gather'
  | 'ready'
  | 'reshape'
  | 'slice'
  | 'tensor'
  | 'tidy'
  | 'topk'
>;

/** The best items before the page's model has seen them, on the backend of the page's tfjs; n of them, best first. */
export interface Candidates {
  /** [n], float32. */
  readonly scores: tfjs.Tensor1D;
  /** What the model knows of each item, [n, dim], float32: the sum of its rows. */
  readonly items: tfjs.Tensor2D;
  /** What it knows of the shopper, [dim], float32: the inner product with an item is the item's signal `deep`. */
  readonly query: tfjs.Tensor1D;
}

/** A model of the page that has the last word about the best items. */
export interface Rerank {
  /**
   * A new score for each of the candidates, higher is better: n numbers. It runs within `tf.tidy`, so that it returns no promise,
   * and what it makes besides is disposed of. It may also be called to measure an engine, while the page is idle.
   */
  readonly model: (candidates: Candidates) => tfjs.Tensor;
  /**
   * How many of the best items it sees, at least k and at most 1000; default 200, or k. Where rules choose among more, it sees as
   * many as they ask for.
   */
  readonly top?: number;
}
