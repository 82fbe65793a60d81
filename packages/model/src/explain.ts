import { type ContextItem, MAX_CONTEXT, type PersonalItem, personalSignals } from './context.ts';
import { contextWeight, orderWeights } from './contextWeights.ts';
import { type ItemIndex, rowsOf } from './itemIndex.ts';
import { itemSignals } from './prior.ts';
import { matchScores, pairScores, queryVector, type QueryModel, wideScores } from './query.ts';
import { type Signal, type Signals, SIGNALS } from './signals.ts';
import type { Tables } from './tables.ts';

/** Why an item has its score. */
export interface Explanation {
  /** What each signal gave, its weight included. They add up to the score. */
  readonly signals: Signals;
  /**
   * What each item of the context gave to `deep`, `match`, `wide` and `pairs` together, in the context's order. With `anyone`, what a
   * stranger gets of `deep`, they add up to these four.
   */
  readonly context: readonly number[];
  readonly anyone: number;
}

/** Weights by which a context of one item has all of its weight. */
const ALONE = orderWeights(1);

/**
 * Explains the score that a query of `makeQuery` gives to item i. The score is linear in its signals and these in the items of
 * the context, so the parts are exact but for rounding.
 */
export function explainScore(
  model: QueryModel,
  index: ItemIndex,
  i: number,
  weights: Signals,
  context: readonly ContextItem[],
  personal: readonly PersonalItem[],
): Explanation {
  const { tables, edges, contextWeights, edgeDecay } = model;
  const latest = context.slice(-MAX_CONTEXT);
  const rows = [...rowsOf(index, i)];
  const total = latest.reduce((sum, item) => sum + contextWeight(item, contextWeights), 0);
  const moments = latest.reduce((sum, { age }) => sum + edgeDecay ** age, 0);
  const stranger = dot(tables, rows, queryVector(tables, [], contextWeights));
  const anyone = weights.deep * stranger;
  let match = 0;
  let wide = 0;
  let pairs = 0;
  let deep = anyone;
  const parts = latest.map((item) => {
    const alone = dot(tables, rows, queryVector(tables, [item], ALONE)) - stranger;
    const ownDeep = (weights.deep * alone * contextWeight(item, contextWeights)) / Math.sqrt(total);
    const matched = matchScores(tables, [{ ...item, age: 0 }], edgeDecay);
    const shared = rows.reduce((sum, row) => sum + matched.get(row), 0);
    const ownMatch = (weights.match * shared * edgeDecay ** item.age) / moments;
    const reached = wideScores(edges, [item], edgeDecay).get(i);
    const ownWide = weights.wide * reached;
    const ownPairs = weights.pairs * pairScores([item], edgeDecay).get(i);
    deep += ownDeep;
    match += ownMatch;
    wide += ownWide;
    pairs += ownPairs;
    return ownDeep + ownMatch + ownWide + ownPairs;
  });
  const own = personal.find((each) => each.index === i);
  const values: Partial<Record<Signal, number>> = {
    ...itemSignals(index, i),
    ...(own === undefined ? {} : personalSignals(own)),
  };
  const signals = Object.fromEntries(
    SIGNALS.map((signal) => [signal, weights[signal] * (values[signal] ?? 0)]),
  ) as Record<Signal, number>;
  return {
    signals: { ...signals, deep, match, wide, pairs },
    context: [...Array.from({ length: context.length - latest.length }, () => 0), ...parts],
    anyone,
  };
}

/** Sum of the item's rows . vector. */
function dot({ item, itemScale, dim }: Tables, rows: readonly number[], vector: Float32Array): number {
  let sum = 0;
  for (const row of rows) {
    let own = 0;
    for (let d = 0; d < dim; d++) own += item[row * dim + d]! * vector[d]!;
    sum += own * itemScale[row]!;
  }
  return sum;
}
