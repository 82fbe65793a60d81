import { attributeFeatures, categoryFeatures, featureRow, type Item, type Schema } from '@evershelf/model';

/**
 * The weight of each row that two items can share by an attribute: idf^2, with idf = ln(items / items that have it)
 * (Spärck Jones 1972); 0 for rows that no attribute reaches. Content kNN over tf-idf vectors is the special case of one
 * context item.
 *
 * @returns tableRows numbers
 */
export function matchWeights(items: readonly Item[], schema: Schema, tableRows: number): Float32Array {
  const having = new Uint32Array(tableRows);
  for (const item of items) {
    const tokens = [...categoryFeatures(item.category ?? []), ...attributeFeatures(schema, item)];
    for (const row of new Set(tokens.map((token) => featureRow(token, tableRows)))) having[row]!++;
  }
  return Float32Array.from(having, (count) => (count === 0 ? 0 : Math.log(items.length / count) ** 2));
}
