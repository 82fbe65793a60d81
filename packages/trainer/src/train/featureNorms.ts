import type { ItemFeatures } from './itemFeatures.ts';

/** One over the length of each item's vector of features, each worth its idf; 0 where it has none. */
export function featureNorms({ start, features, weight }: ItemFeatures): Float32Array {
  return Float32Array.from({ length: start.length - 1 }, (_, i) => {
    let squares = 0;
    for (let k = start[i]!; k < start[i + 1]!; k++) squares += weight[features[k]!]!;
    return squares > 0 ? squares ** -0.5 : 0;
  });
}
