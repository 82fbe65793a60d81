import { MAX_EDGES } from '@evershelf/model';
import { groups } from '../read/groups.ts';
import { featureNorms } from '../train/featureNorms.ts';
import type { ItemFeatures } from '../train/itemFeatures.ts';
import { topIndices } from '../train/topIndices.ts';
import type { Range } from '../workers/slices.ts';
import { rowBuilder, type SparseRows } from './SparseRows.ts';

/**
 * Comparisons of an item with others, one for each feature that they share, the rarest features first: so many in a whole shop, and
 * for an item so many at least and at most.
 */
const COMPARED = { inAll: 4e8, least: 2000, most: 20_000 };

/**
 * Cosine of two items by the attributes that they share, each worth its idf^2 (Salton and Buckley 1988): what is alike, for as
 * long as nobody knows what is taken together. Variants of one product are not alike but the same, and have no edge.
 *
 * @param groupOf items; the product that an item is a variant of, as a number; 0 where it is none
 * @param range of the items whose rows are made
 */
export function contentEdges(of: ItemFeatures, groupOf: Uint32Array, [first, until]: Range): SparseRows {
  const { start, features, weight } = of;
  const items = start.length - 1;
  const owners = new Uint32Array(features.length);
  for (let i = 0; i < items; i++) owners.fill(i, start[i], start[i + 1]);
  const having = groups(features, owners, features.length, weight.length);
  const norm = featureNorms(of);
  const most = Math.min(COMPARED.most, Math.max(COMPARED.least, COMPARED.inAll / items));
  const shared = new Float32Array(items);
  const touched = new Uint32Array(items);
  const cosines = new Float32Array(items);
  const builder = rowBuilder(until - first);
  for (let j = first; j < until; j++) {
    const own = features.slice(start[j], start[j + 1]).sort((a, b) => weight[b]! - weight[a]! || a - b);
    let [size, compared] = [0, 0];
    for (const feature of own) {
      const [from, to, worth] = [having.start[feature]!, having.start[feature + 1]!, weight[feature]!];
      compared += to - from;
      if (compared > most) break;
      for (let k = from; k < to; k++) {
        const item = having.values[k]!;
        if (shared[item] === 0) touched[size++] = item;
        shared[item] = shared[item]! + worth;
      }
    }
    for (let k = 0; k < size; k++) {
      const i = touched[k]!;
      const isSame = i === j || (groupOf[j] !== 0 && groupOf[i] === groupOf[j]);
      cosines[k] = isSame ? 0 : shared[i]! * norm[i]! * norm[j]!;
      shared[i] = 0;
    }
    const best = topIndices(cosines.subarray(0, size), MAX_EDGES)
      .filter((k) => cosines[k]! > 0)
      .sort((a, b) => touched[a]! - touched[b]!);
    builder.add(
      best.map((k) => touched[k]!),
      Float32Array.from(best, (k) => cosines[k]!),
      best.length,
    );
  }
  return builder.rows();
}
