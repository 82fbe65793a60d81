import { MAX_EDGES } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { cooccurrence } from '../src/edges/cooccurrence.ts';
import { cosineEdges } from '../src/edges/cosineEdges.ts';
import { groupsOf } from '../src/edges/Groups.ts';
import { mixEdges } from '../src/edges/mixEdges.ts';
import { packEdges } from '../src/edges/packEdges.ts';
import { ridgeEdges } from '../src/edges/ridgeEdges.ts';
import { strongestEdges } from '../src/edges/strongestEdges.ts';
import { rowBuilder, type SparseRows, transposed } from '../src/edges/SparseRows.ts';
import type { EventLog } from '../src/read/EventLog.ts';

/** A log of sessions; each is a list of moments, each of items. All are of one time but for the moments. */
function logOf(
  sessions: readonly (readonly number[])[][],
  shopperOf = (session: number) => session,
): EventLog {
  const events = sessions.flatMap((moments, session) =>
    moments.flatMap((items, moment) => items.map((item) => ({ item, session, time: 1000 + moment }))),
  );
  const items = Math.max(...events.map(({ item }) => item)) + 1;
  return {
    count: events.length,
    time: Float64Array.from(events, ({ time }) => time),
    item: Uint32Array.from(events, ({ item }) => item),
    session: Uint32Array.from(events, ({ session }) => session),
    sequence: Uint32Array.from(events, ({ session }) => shopperOf(session)),
    sequences: sessions.length,
    quantity: new Float32Array(events.length).fill(1),
    kind: new Uint8Array(events.length),
    kinds: [''],
    itemIds: Array.from({ length: items }, (_, i) => `item ${i}`),
    sequenceKind: 'session',
  };
}

/** The weight of an edge; 0 where there is none. */
function edge({ start, to, weight }: SparseRows, from: number, item: number): number {
  for (let k = start[from]!; k < start[from + 1]!; k++) if (to[k] === item) return weight[k]!;
  return 0;
}

const groupsFor = (log: EventLog) => groupsOf(log, log.count, log.itemIds.length);
const AS_COSINE = { distanceDecay: 0.8, backward: 0.7, power: 0.5 };

describe('groups', () => {
  it('are sessions, or whole histories where sessions hold one item each', () => {
    expect(groupsFor(logOf([[[0, 1]], [[1, 2]]])).count).toBe(2);
    const single = groupsFor(logOf([[[0]], [[1]], [[2]]], () => 0));
    expect(single.count).toBe(1);
    expect([...single.items]).toEqual([0, 1, 2]);
  });

  it('hold an item once, by its first moment', () => {
    const { items, moment } = groupsFor(logOf([[[0, 1], [0], [2]]]));
    expect([...items]).toEqual([0, 1, 2]);
    expect([...moment.subarray(0, 3)]).toEqual([0, 0, 2]);
  });
});

describe('cosine edges', () => {
  it('are the cosine of items that share baskets', () => {
    const rows = cosineEdges(groupsFor(logOf([[[0, 1]], [[0, 1]], [[0, 2]]])), 3, AS_COSINE);
    expect(edge(rows, 0, 1)).toBeCloseTo(2 / Math.sqrt(3 * 2), 6);
    expect(edge(rows, 1, 0)).toBeCloseTo(edge(rows, 0, 1), 6);
    expect(edge(rows, 1, 2)).toBe(0);
  });

  it('count less backward and with each moment in between', () => {
    const rows = cosineEdges(groupsFor(logOf([[[0], [1], [2]]])), 3, AS_COSINE);
    expect(edge(rows, 0, 1)).toBeCloseTo(0.8, 6);
    expect(edge(rows, 0, 2)).toBeCloseTo(0.64, 6);
    expect(edge(rows, 1, 0)).toBeCloseTo(0.7 * 0.8, 6);
  });
});

describe('ridge edges', () => {
  const baskets = [[[0, 1, 2]], [[0, 1]], [[0, 1]], [[1, 2]], [[0, 2]], [[2, 3]], [[2, 3]], [[0, 3]]];
  const rows = transposed(ridgeEdges(cooccurrence(groupsFor(logOf(baskets)), 4, 120), 5));

  it('solve the regression of an item on those that it shares two baskets with', () => {
    // Item 0 shares three baskets with 1 and two with 2, which share two: (G + 5 I) b = g.
    const [g11, g12, g22] = [4 + 5, 2, 5 + 5];
    const [g1, g2] = [3, 2];
    const det = g11 * g22 - g12 * g12;
    expect(edge(rows, 1, 0)).toBeCloseTo((g22 * g1 - g12 * g2) / det, 5);
    expect(edge(rows, 2, 0)).toBeCloseTo((g11 * g2 - g12 * g1) / det, 5);
  });

  it('leave out pairs that shared a single basket', () => {
    expect(edge(rows, 3, 0)).toBe(0);
    expect(edge(rows, 2, 3)).toBeGreaterThan(0);
  });

  it('count a basket less the longer ago it was', () => {
    const log = logOf([[[0, 1]], [[0, 1]], [[2, 3]], [[2, 3]]]);
    const aged = {
      ...log,
      time: Float64Array.from(log.time, (time, e) => (e < 4 ? time - 120 * 86_400 : time)),
    };
    const { counts } = cooccurrence(groupsFor(aged), 4, 120);
    expect(counts[0]! / counts[2]!).toBeCloseTo(0.5, 6);
  });
});

describe('sparse rows', () => {
  const builder = rowBuilder(3);
  builder.add([1, 2], [0.5, -0.25], 2);
  builder.add([], [], 0);
  builder.add([0], [2], 1);
  const rows = builder.rows();

  it('turn round and back', () => {
    expect(edge(transposed(rows), 2, 0)).toBe(-0.25);
    expect(transposed(transposed(rows))).toEqual(rows);
  });

  it('mix, each on the scale of its own strongest edges', () => {
    const other = rowBuilder(3);
    other.add([1], [10], 1);
    other.add([], [], 0);
    other.add([], [], 0);
    const mixed = mixEdges(rows, other.rows(), 0.5);
    expect(edge(mixed, 0, 1)).toBeCloseTo(0.5 * (0.5 / 1.25) + 0.5, 6);
    expect(edge(mixed, 0, 2)).toBeCloseTo(0.5 * (-0.25 / 1.25), 6);
  });

  describe('of one item with much to say and one with little', () => {
    const to = Array.from({ length: 100 }, (_, k) => k);
    const weights = to.map((k) => (k % 2 === 0 ? 1 : -1) * (k + 1));
    const some = rowBuilder(2);
    some.add(to, weights, 100);
    some.add([3, 5], [-90, 0.5], 2);

    it('keep the strongest of all, at most 64 of an item', () => {
      const { start, to: kept } = strongestEdges(some.rows(), 20);
      expect([...start]).toEqual([0, 39, 40]);
      expect([...kept]).toEqual([...to.slice(-39), 3]);
      expect([...strongestEdges(some.rows(), MAX_EDGES).start]).toEqual([0, MAX_EDGES, MAX_EDGES + 2]);
    });

    it.each([15, 127])(
      'pack in %i steps, within half a step of their weights and never as nothing',
      (steps) => {
        const { weight, scale } = packEdges(some.rows(), steps);
        for (const [k, value] of weights.entries())
          expect(Math.abs(weight[k]! * scale[0]! - value)).toBeLessThanOrEqual(
            Math.max(scale[0]! / 2, scale[0]! - Math.abs(value)) + 1e-6,
          );
        expect([...weight].slice(-2)).toEqual([expect.toSatisfy((step) => step <= -0.8 * steps), 1]);
        expect(Math.max(...weight.map(Math.abs))).toBeLessThanOrEqual(steps);
      },
    );
  });
});
