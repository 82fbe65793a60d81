import type { Item } from './item.ts';
import { attributeFeatures, categoryFeatures, levels, unknownTokens } from './features.ts';
import { featureRow, idRows, MAX_ROWS } from './rows.ts';
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
  /** The rows that the item sums, 1 to 16 of them, distinct. */
  readonly rows: number[];
  /** The unknown token that stands in for the id: that of the deepest trained level; absent where the id is known. */
  readonly token?: string;
}

/**
 * Places an item: a known one sums its id rows, an unknown one the unknown tokens of its category path down to the
 * deepest trained level; both add the rows of the attributes they have.
 */
export function placeItem(item: Item, vocabulary: Vocabulary): Placement {
  const { schema, tableRows } = vocabulary;
  const path = trainedPath(item.category ?? [], vocabulary);
  const attributeRows = attributeFeatures(schema, item)
    .map((token) => featureRow(token, tableRows))
    .filter((row) => vocabulary.knowsRow(row));
  const categoryRows = categoryFeatures(path).map((token) => featureRow(token, tableRows));
  const rowsFrom = (own: number[]): number[] =>
    [...new Set([...own, ...categoryRows, ...attributeRows])].slice(0, MAX_ROWS);

  if (vocabulary.knowsId(item.id)) return { rung: 'known', rows: rowsFrom(idRows(item.id, tableRows)) };
  const tokens = unknownTokens(path);
  const rung: Rung = attributeRows.length > 0 ? 'attributes' : path.length > 0 ? 'category' : 'root';
  return { rung, rows: rowsFrom(tokens.map((each) => featureRow(each, tableRows))), token: tokens.at(-1)! };
}

/** The path cut off below its deepest trained level. */
function trainedPath(path: readonly string[], vocabulary: Vocabulary): readonly string[] {
  const depth = levels(path).findLastIndex((level) => vocabulary.knowsCategory(level)) + 1;
  return path.slice(0, depth);
}
