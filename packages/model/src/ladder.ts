import { levels, unknownTokens } from './categories.ts';
import type { Item } from './item.ts';
import type { Schema } from './schema.ts';

/**
 * How much is known of an item, best first:
 *
 * - `known`: its id was trained.
 * - `attributes`: its id was not, but at least one of its attributes beyond the category was.
 * - `category`: only a level of its category path was.
 * - `root`: nothing was.
 */
export const RUNGS = ['known', 'attributes', 'category', 'root'] as const;
export type Rung = (typeof RUNGS)[number];

/** What the model learned to recognise. */
export interface Vocabulary {
  readonly schema: Schema;
  /** Rows of the table, a power of two. */
  readonly tableRows: number;
  /** True where this id has trained rows of its own. */
  knowsId(id: string): boolean;
  /** True where this level of a category path, spelled as by `levels`, has a trained unknown token. */
  knowsCategory(level: string): boolean;
  /** True where this row was reached in training by a feature. */
  knowsRow(row: number): boolean;
}

/** Where an item stands on the ladder. */
export interface Placement {
  readonly rung: Rung;
  /** The rows that the item sums, 1 to 16 of them, distinct; none where it was placed without the tables. */
  readonly rows: number[];
  /** The unknown token that stands in for the id: that of the deepest trained level; absent where the id is known. */
  readonly token?: string;
}

/** Where an item of unknown id stands by its category alone, without rows: all that can be said before the tables are there. */
export function placeByCategory(
  { category = [] }: Item,
  vocabulary: Pick<Vocabulary, 'knowsCategory'>,
): Placement {
  const path = trainedPath(category, vocabulary);
  return { rung: path.length > 0 ? 'category' : 'root', rows: [], token: unknownTokens(path).at(-1)! };
}

/** The path cut off below its deepest trained level. */
export function trainedPath(
  path: readonly string[],
  vocabulary: Pick<Vocabulary, 'knowsCategory'>,
): readonly string[] {
  const depth = levels(path).findLastIndex((level) => vocabulary.knowsCategory(level)) + 1;
  return path.slice(0, depth);
}
