import { categoryFeatures, unknownTokens } from './categories.ts';
import { attributeFeatures } from './features.ts';
import type { Item } from './item.ts';
import { placeByCategory, type Placement, trainedPath, type Vocabulary } from './ladder.ts';
import { MAX_ROWS } from './itemIndex.ts';
import { featureRow, idRows } from './rows.ts';

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
  const byCategory = placeByCategory(item, vocabulary);
  const rows = rowsFrom(tokens.map((each) => featureRow(each, tableRows)));
  return { ...byCategory, rows, ...(attributeRows.length > 0 ? { rung: 'attributes' } : {}) };
}
