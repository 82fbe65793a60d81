import { describe, expect, it } from 'vitest';
import {
  anyoneRow,
  bucketScores,
  gatherScores,
  itemPrior,
  makeQuery,
  referenceScores,
  rowsOf,
  scoreTolerance,
} from '../src/index.ts';
import { smallArtifact } from './smallArtifact.ts';

const { draft, parts } = smallArtifact();
const { tables, index } = parts;
const context = [3, 8, 21].map((item, k) => ({ rows: rowsOf(index, item), age: 2 - k }));
const personal = [
  { index: 3, frequency: 2, inSession: false },
  { index: 21, frequency: 1, inSession: true },
];

describe('scores', () => {
  it('are the same by buckets as by the definition', () => {
    const prior = itemPrior(index, draft.weights);
    const query = makeQuery(tables, draft.weights, draft.contextDecay, context, personal);
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
    const { vector, matchRows, personalItems } = makeQuery(tables, draft.weights, draft.contextDecay, [], []);
    const row = anyoneRow(tables.rows);
    vector.forEach((value, d) => {
      expect(value).toBeCloseTo(
        draft.weights.deep * tables.context[row * tables.dim + d]! * tables.contextScale[row]!,
        5,
      );
    });
    expect([matchRows.length, personalItems.length]).toEqual([0, 0]);
  });

  it('weigh the personal signals of an item that the shopper had', () => {
    const { personalItems, personalValues } = makeQuery(
      tables,
      draft.weights,
      draft.contextDecay,
      context,
      personal,
    );
    expect([...personalItems]).toEqual([3, 21]);
    expect(personalValues[0]).toBeCloseTo(2 * Math.log(3) - 1, 5);
    expect(personalValues[1]).toBeCloseTo(2 * Math.log(2) - 1 - 3, 5);
  });

  it('count a row that the whole context shares with its full match weight', () => {
    const row = tables.match.findIndex((weight) => weight > 0);
    const same = [0, 1].map((age) => ({ rows: [row], age }));
    const { matchRows, matchValues } = makeQuery(tables, draft.weights, draft.contextDecay, same, []);
    expect([...matchRows]).toEqual([row]);
    expect(matchValues[0]).toBeCloseTo(draft.weights.match * tables.match[row]!, 5);
  });

  it('add live signals, and the offset of unknown items, to the prior', () => {
    const prior = itemPrior(index, { ...draft.weights, live1: 1, live5: 0, live20: 0, unknown: 10 });
    expect(prior[0]).toBeCloseTo(index.live[0]! / 16, 5);
    expect(prior[55]).toBeCloseTo(index.live[55 * 3]! / 16 + 10, 5);
  });
});
