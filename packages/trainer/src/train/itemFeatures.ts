import { attributeFeatures, categoryFeatures, type Item, type Schema } from '@evershelf/model';

/** The attribute features of items: those of item i are features[start[i]] to features[start[i + 1] - 1]. */
export interface ItemFeatures {
  readonly start: Uint32Array;
  readonly features: Uint32Array;
  /** ln(items / items with the feature)^2, by feature. */
  readonly weight: Float32Array;
}

/** The attribute features of items, without those that only one item has. */
export function itemFeatures(items: readonly Item[], schema: Schema): ItemFeatures {
  const numbers = new Map<string, number>();
  const had: number[] = [];
  const own = items.map((item) => {
    const tokens = new Set([...categoryFeatures(item.category ?? []), ...attributeFeatures(schema, item)]);
    return Array.from(tokens, (token) => {
      const feature = numbers.get(token) ?? numbers.size;
      numbers.set(token, feature);
      had[feature] = (had[feature] ?? 0) + 1;
      return feature;
    });
  });
  const shared = own.map((features) => features.filter((feature) => had[feature]! > 1));
  const start = new Uint32Array(shared.length + 1);
  shared.forEach((features, i) => (start[i + 1] = start[i]! + features.length));
  return {
    start,
    features: Uint32Array.from(shared.flat()),
    weight: Float32Array.from(had, (n) => Math.log(shared.length / n) ** 2),
  };
}
