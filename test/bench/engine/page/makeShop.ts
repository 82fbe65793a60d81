import type { ItemIndex, Tables } from '../../../../packages/model/src/index.ts';
import { seededRandom } from '../../../../packages/trainer/src/train/random.ts';

/** A synthetic shop, the same for the same number of items. */
export interface BenchShop {
  readonly tables: Tables;
  /** `ROWS_PER_ITEM` rows an item. */
  readonly index: ItemIndex;
  readonly ids: readonly string[];
  /** count numbers. */
  readonly prior: Float32Array;
}

const ROWS = 65_536;
const DIM = 64;
export const ROWS_PER_ITEM = 4;

/** A shop whose items have rows from all over the table: nobody profits from rows that lie beside each other. */
export function makeShop(count: number): BenchShop {
  const random = seededRandom(count);
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    tables: {
      rows: ROWS,
      dim: DIM,
      context: new Int8Array(0),
      contextScale: new Float32Array(0),
      item: Int8Array.from({ length: ROWS * DIM }, () => below(255) - 127),
      itemScale: Float32Array.from({ length: ROWS }, () => (0.5 + random()) / 127),
      match: new Float32Array(ROWS),
    },
    index: {
      count,
      offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * ROWS_PER_ITEM),
      rows: Uint32Array.from({ length: count * ROWS_PER_ITEM }, () => below(ROWS)),
      rung: new Uint8Array(count),
      live: new Uint8Array(3 * count),
    },
    ids: Array.from({ length: count }, (_, i) => `sku-${i}`),
    prior: Float32Array.from({ length: count }, random),
  };
}

/** Query vectors of dim numbers in [-0.5, 0.5): others in each round, so that nobody answers from memory. */
export function makeQueries(contexts: number, round: number): Float32Array[] {
  const random = seededRandom(1_000_000 * (round + 1) + contexts);
  return Array.from({ length: contexts }, () => Float32Array.from({ length: DIM }, () => random() - 0.5));
}
