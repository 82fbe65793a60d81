import type { BenchShop } from './makeShop.ts';

/** An engine of ours or of others, with a shop. It ends with its page. */
export interface Contender {
  /** Of the model that it was handed. */
  readonly bytes: number;
  /**
   * The `K` best items for each query, best first, in the page's memory.
   *
   * @param queries dim numbers each
   */
  topK(queries: readonly Float32Array[]): Promise<ArrayLike<number>[]>;
  /**
   * Of one that chooses what it answers so many questions with: settles once it has chosen.
   *
   * @returns what, and why
   */
  settle?(queries: readonly Float32Array[]): Promise<string>;
}

/** Everything that can be done before the first question is done here, and not measured. */
export type OpenContender = (shop: BenchShop) => Promise<Contender>;

/** How many items are asked for. */
export const K = 50;
