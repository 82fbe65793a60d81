import { type ContextItem, MAX_CONTEXT, type PersonalItem, personalSignals } from './context.ts';
import { type ContextWeights, contextWeight } from './contextWeights.ts';
import type { EdgeLists } from './edges.ts';
import { featureRow } from './rows.ts';
import { type SparseSum, sparseSum } from './sparseSum.ts';
import type { Signals } from './signals.ts';
import type { Tables } from './tables.ts';

/** A shopper's context, ready to be scored against every item: all weights are already in the numbers. */
export interface Query {
  /** dim; the query vector times the weight of `deep`. */
  readonly vector: Float32Array;
  /** Rows of the table and what each adds to its bucket score (the `match` signal); rows are distinct. */
  readonly matchRows: Uint32Array;
  readonly matchValues: Float32Array;
  /** Items and what each adds to its score (the `wide`, `pairs` and personal signals); items are distinct. */
  readonly items: Uint32Array;
  readonly itemValues: Float32Array;
}

/** What turns a context into a query, beside the weights. */
export interface QueryModel {
  readonly tables: Tables;
  readonly edges: EdgeLists;
  /** For `deep`. */
  readonly contextWeights: ContextWeights;
  /** What is left of a context item's weight for each later moment, in [0, 1]: for `match`, `wide` and `pairs`. */
  readonly edgeDecay: number;
}

/** The row that is part of every context, also of an empty one: what sells to a stranger. */
const ANYONE = 'context=anyone';

/** The always present context row. */
export function anyoneRow(tableRows: number): number {
  return featureRow(ANYONE, tableRows);
}

/**
 * The query vector before its weight: c[anyone] + sum_j a_j sum_{r in rows(j)} c[r] / sqrt(sum_j a_j), where a_j is the
 * context weight of item j and c[r] the dequantised context row.
 *
 * @returns dim numbers
 */
export function queryVector(
  tables: Tables,
  context: readonly ContextItem[],
  weights: ContextWeights,
): Float32Array {
  const { context: table, contextScale, dim } = tables;
  const vector = new Float32Array(dim);
  const add = (row: number, weight: number): void => {
    const factor = contextScale[row]! * weight;
    if (factor === 0) return;
    for (let d = 0, k = row * dim; d < dim; d++, k++) vector[d] = vector[d]! + table[k]! * factor;
  };
  const own = context.map((item) => contextWeight(item, weights));
  const total = own.reduce((sum, weight) => sum + weight, 0);
  const norm = total > 0 ? 1 / Math.sqrt(total) : 0;
  context.forEach(({ rows }, j) => {
    const weight = own[j]! * norm;
    for (let k = 0; k < rows.length; k++) add(rows[k]!, weight);
  });
  add(anyoneRow(tables.rows), 1);
  return vector;
}

/**
 * What the context adds to bucket scores before the weight of `match`: m[r] x (decayed share of row r in the context),
 * for each distinct row with a match weight. The share is sum_j a_j [r in rows(j)] / sum_j a_j, in 0..1, where a_j = decay^age.
 */
export function matchScores(tables: Tables, context: readonly ContextItem[], decay: number): SparseSum {
  const scores = sparseSum(tables.rows);
  let total = 0;
  for (const { age } of context) total += decay ** age;
  for (const item of context) {
    const share = decay ** item.age / total;
    for (let k = 0; k < item.rows.length; k++) {
      const row = item.rows[k]!;
      const weight = tables.match[row]!;
      if (weight > 0) scores.add(row, weight * share);
    }
  }
  return scores;
}

/** The `wide` signal before its weight: for each item that an edge of the context reaches, sum_j a_j w(j, item). */
export function wideScores(edges: EdgeLists, context: readonly ContextItem[], decay: number): SparseSum {
  const scores = sparseSum(edges.items);
  for (const { item, age } of context) {
    if (item === undefined) continue;
    const share = decay ** age;
    edges.each(item, (to, weight) => scores.add(to, share * weight));
  }
  return scores;
}

/** The `pairs` signal before its weight: for each item that is lately taken with one of the context, sum_j a_j w(j, item). */
export function pairScores(context: readonly ContextItem[], decay: number): SparseSum {
  const scores = sparseSum(0);
  for (const { pairs, age } of context) {
    if (pairs === undefined) continue;
    const share = decay ** age;
    for (let k = 0; k < pairs.to.length; k++) scores.add(pairs.to[k]!, share * pairs.weight[k]!);
  }
  return scores;
}

/**
 * Turns a shopper's context into a query.
 *
 * @param context the history, oldest first; only the last `MAX_CONTEXT` are read
 * @param personal what the shopper had, each item once
 */
export function makeQuery(
  { tables, edges, contextWeights, edgeDecay }: QueryModel,
  weights: Signals,
  context: readonly ContextItem[],
  personal: readonly PersonalItem[],
): Query {
  const latest = context.slice(-MAX_CONTEXT);
  const vector = queryVector(tables, latest, contextWeights).map((value) => value * weights.deep);
  const match = matchScores(tables, weights.match === 0 ? [] : latest, edgeDecay);
  const items = sparseSum(edges.items);
  const add = (scores: SparseSum, weight: number): void => {
    const values = scores.sums();
    scores.positions().forEach((item, k) => items.add(item, values[k]! * weight));
  };
  if (weights.wide !== 0) add(wideScores(edges, latest, edgeDecay), weights.wide);
  if (weights.pairs !== 0) add(pairScores(latest, edgeDecay), weights.pairs);
  for (const item of personal) {
    const { frequency, had, session } = personalSignals(item);
    items.add(item.index, weights.frequency * frequency + weights.had * had + weights.session * session);
  }
  return {
    vector,
    matchRows: match.positions(),
    matchValues: Float32Array.from(match.sums(), (value) => value * weights.match),
    items: items.positions(),
    itemValues: Float32Array.from(items.sums()),
  };
}
