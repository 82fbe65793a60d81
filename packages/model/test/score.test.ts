import { describe, expect, it } from 'vitest';
import {
  anyoneRow,
  bucketScores,
  contextWeight,
  explainScore,
  gapOf,
  GAPS,
  gatherScores,
  itemPrior,
  makeQuery,
  pairGain,
  pairWeight,
  type PersonalItem,
  edgeLists,
  referenceScores,
  rowsOf,
  scoreTolerance,
  SIGNALS,
  type Signals,
} from '../src/index.ts';
import { smallArtifact } from './smallArtifact.ts';

const { draft, parts } = smallArtifact();
const { tables, index, edges } = parts;
const model = { ...parts, ...draft, edges: edgeLists(edges) };
const weights = draft.heads.mixed;
/** The latest moment of a history. */
const NOW = { age: 0, gap: 0, kind: 'view' };
const PAIRS = [undefined, { to: [5, 9], weight: [0.5, 0.2] }, { to: [22], weight: [0.3] }];
const context = [3, 8, 21].map((item, k) => ({
  item,
  rows: rowsOf(index, item),
  age: 2 - k,
  gap: [9 * 86_400, 120, 5][k]!,
  kind: ['purchase', 'view', 'wish'][k]!,
  ...(PAIRS[k] === undefined ? {} : { pairs: PAIRS[k] }),
}));
const personal: PersonalItem[] = [
  { index: 3, frequency: 2, inSession: false },
  { index: 21, frequency: 1, inSession: true },
];
/** The weights with all others at zero. */
const only = (some: Partial<Signals>): Signals =>
  ({ ...Object.fromEntries(SIGNALS.map((signal) => [signal, 0])), ...some }) as Signals;

describe('scores', () => {
  it('are the same by buckets as by the definition', () => {
    const prior = itemPrior(index, weights);
    const query = makeQuery(model, weights, context, personal);
    const reference = referenceScores(tables, index, prior, query);
    const buckets = new Float32Array(tables.rows);
    const scores = new Float32Array(index.count);
    bucketScores(tables, query, buckets);
    gatherScores(buckets, index, prior, query, scores);
    scores.forEach((score, i) =>
      expect(Math.abs(score - reference[i]!)).toBeLessThan(scoreTolerance(reference[i]!)),
    );
  });

  it('are, for someone without a history, those of the anyone row', () => {
    const { vector, matchRows, items } = makeQuery(model, weights, [], []);
    const row = anyoneRow(tables.rows);
    vector.forEach((value, d) => {
      expect(value).toBeCloseTo(
        weights.deep * tables.context[row * tables.dim + d]! * tables.contextScale[row]!,
        5,
      );
    });
    expect([matchRows.length, items.length]).toEqual([0, 0]);
  });

  it('weigh an item of the context by its order, the time since then and its kind', () => {
    const { decay, gaps, kinds } = draft.contextWeights;
    const weigh = (k: number) => contextWeight(context[k]!, draft.contextWeights);
    expect(weigh(0)).toBeCloseTo(decay ** 2 * gaps[4]! * kinds['purchase']!, 9);
    expect(weigh(1)).toBeCloseTo(decay * gaps[1]! * kinds['view']!, 9);
    expect(weigh(2)).toBeCloseTo(gaps[0]!, 9);
    const stranger = makeQuery(model, only({ deep: 1 }), [], []).vector;
    const alone = context.map((item) =>
      makeQuery(model, only({ deep: 1 }), [{ ...item, ...NOW, kind: '' }], []).vector.map(
        (value, d) => (value - stranger[d]!) / Math.sqrt(gaps[0]!),
      ),
    );
    const total = weigh(0) + weigh(1) + weigh(2);
    makeQuery(model, only({ deep: 1 }), context, []).vector.forEach((value, d) => {
      const parts = alone.map((each, k) => (weigh(k) * each[d]!) / Math.sqrt(total));
      expect(value).toBeCloseTo(stranger[d]! + parts[0]! + parts[1]! + parts[2]!, 5);
    });
  });

  it.each([
    [0, 0],
    [59.9, 0],
    [60, 1],
    [86_400, 3],
    [1e9, GAPS.length],
  ])('tell the time of %d s since an event as gap %d', (seconds, gap) => {
    expect(gapOf(seconds)).toBe(gap);
  });

  it('weigh the personal signals of an item that the shopper had', () => {
    const some = { ...weights, wide: 0, pairs: 0 };
    const { items, itemValues } = makeQuery(model, some, context, personal);
    expect([...items]).toEqual([3, 21]);
    expect(itemValues[0]).toBeCloseTo(2 * Math.log(3) - 1, 5);
    expect(itemValues[1]).toBeCloseTo(2 * Math.log(2) - 1 - 3, 5);
  });

  it('count a row that the whole context shares with its full match weight', () => {
    const row = tables.match.findIndex((weight) => weight > 0);
    const same = [0, 1].map((age) => ({ ...NOW, rows: [row], age }));
    const { matchRows, matchValues } = makeQuery(model, weights, same, []);
    expect([...matchRows]).toEqual([row]);
    expect(matchValues[0]).toBeCloseTo(weights.match * tables.match[row]!, 5);
  });

  it('follow the edges of the context, each by the age of the item that it leaves', () => {
    const { items, itemValues } = makeQuery(model, only({ wide: 2 }), context, []);
    const found = new Map(Array.from(items, (item, k) => [item, itemValues[k]!]));
    expect([...found.keys()].toSorted((a, b) => a - b)).toEqual([4, 5, 6, 9, 10, 11, 22, 23, 24]);
    const weight = (item: number, k: number): number =>
      edges.weight[edges.start[item]! + k]! * edges.scale[item]!;
    expect(found.get(22)).toBeCloseTo(2 * weight(21, 0), 5);
    expect(found.get(10)).toBeCloseTo(2 * 0.6 * weight(8, 1), 5);
    expect(found.get(6)).toBeCloseTo(2 * 0.6 ** 2 * weight(3, 2), 5);
  });

  it('add up where several items of the context reach the same one', () => {
    const near = [3, 4].map((item) => ({ ...NOW, item, rows: rowsOf(index, item) }));
    const { items, itemValues } = makeQuery(model, only({ wide: 1 }), near, []);
    const at = items.indexOf(5);
    const both = edges.weight[edges.start[3]! + 1]! + edges.weight[edges.start[4]!]!;
    expect(itemValues[at]).toBeCloseTo(both * 0.01, 5);
  });

  it('follow the pairs of the context as they follow its edges', () => {
    const { items, itemValues } = makeQuery(model, only({ pairs: 2 }), context, []);
    const found = new Map(Array.from(items, (item, k) => [item, itemValues[k]!]));
    expect([...found.keys()].toSorted((a, b) => a - b)).toEqual([5, 9, 22]);
    expect(found.get(5)).toBeCloseTo(2 * 0.6 * 0.5, 5);
    expect(found.get(22)).toBeCloseTo(2 * 0.3, 5);
  });

  it('add live signals, and the offset of unknown items, to the prior', () => {
    const prior = itemPrior(index, { ...weights, live1: 1, live5: 0, live20: 0, unknown: 10 });
    expect(prior[0]).toBeCloseTo(index.live[0]! / 16, 5);
    expect(prior[55]).toBeCloseTo(index.live[55 * 3]! / 16 + 10, 5);
  });
});

describe('the weight of a pair', () => {
  it('is its count, over those of both items', () => {
    expect(pairWeight(2, 3.5, 7.5)).toBeCloseTo(2 / (2 * 8 ** 0.2), 6);
    expect(pairWeight(1, 0, 0)).toBeCloseTo(1 / 0.5 ** 0.7, 6);
  });

  it('grows less the further apart two events are, and less against their order', () => {
    expect(pairGain(0)).toEqual({ forward: 1, backward: 1 });
    expect(pairGain(2).forward).toBeCloseTo(0.64, 6);
    expect(pairGain(2).backward).toBeLessThan(pairGain(2).forward);
  });
});

describe('explanations', () => {
  const query = makeQuery(model, weights, context, personal);
  const scores = referenceScores(tables, index, itemPrior(index, weights), query);
  const explain = (i: number) => explainScore(model, index, i, weights, context, personal);

  it('add up to the score of every item', () => {
    scores.forEach((score, i) => {
      const { signals } = explain(i);
      const sum = SIGNALS.reduce((total, signal) => total + signals[signal], 0);
      expect(Math.abs(sum - score)).toBeLessThan(scoreTolerance(score));
    });
  });

  it('share deep, match, wide and pairs among the items of the context and the stranger', () => {
    for (let i = 0; i < index.count; i++) {
      const { signals, context: gave, anyone } = explain(i);
      const shared = gave.reduce((total, each) => total + each, anyone);
      expect(shared).toBeCloseTo(signals.deep + signals.match + signals.wide + signals.pairs, 4);
    }
  });

  it('give an item of the context what the score loses without its edges', () => {
    const { context: gave } = explainScore(model, index, 5, only({ wide: 1 }), context, []);
    expect(gave[0]).toBeCloseTo(0.6 ** 2 * edges.weight[edges.start[3]! + 1]! * 0.01, 5);
    expect(gave.slice(1)).toEqual([0, 0]);
  });
});
