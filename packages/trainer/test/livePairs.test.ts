import { MAX_PAIRS, pairGain, pairWeight } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import type { EventLog } from '../src/read/EventLog.ts';
import { livePairs } from '../src/train/LivePairs.ts';

const DAY = 86_400;

/** A log of [day, session, item] events. */
function logOf(events: readonly (readonly [number, number, number])[]): EventLog {
  return {
    count: events.length,
    time: Float64Array.from(events, ([day]) => day * DAY),
    session: Uint32Array.from(events, ([, session]) => session),
    sequence: Uint32Array.from(events, ([, session]) => session),
    item: Uint32Array.from(events, ([, , item]) => item),
  } as unknown as EventLog;
}

function played(events: readonly (readonly [number, number, number])[], items = 100) {
  const log = logOf(events);
  const pairs = livePairs(log, items);
  for (let e = 0; e < log.count; e++) pairs.add(e);
  const countsOf = (item: number, day: number): Record<number, number> => {
    const { to, weight } = pairs.counts(item, day * DAY);
    return Object.fromEntries(Array.from(to, (other, k) => [other, weight[k]!]));
  };
  return { pairs, countsOf };
}

describe('live pairs', () => {
  it('count what a session holds together, both ways alike where it has one moment', () => {
    const { countsOf } = played([
      [0, 1, 3],
      [0, 1, 4],
      [0, 2, 5],
    ]);
    expect(countsOf(3, 0)).toEqual({ 4: 1 });
    expect(countsOf(4, 0)).toEqual({ 3: 1 });
    expect(countsOf(5, 0)).toEqual({});
  });

  it('count less against the order of a session, and less with each moment between', () => {
    const { countsOf } = played([
      [0, 1, 3],
      [0.01, 1, 4],
      [0.02, 1, 5],
    ]);
    const [near, far] = [pairGain(1), pairGain(2)];
    expect(countsOf(3, 0.02)[4]).toBeCloseTo(near.forward, 2);
    expect(countsOf(3, 0.02)[5]).toBeCloseTo(far.forward, 2);
    expect(countsOf(5, 0.02)[3]).toBeCloseTo(far.backward, 2);
  });

  it('halve in twenty days, also over more years than a double holds', () => {
    const { countsOf } = played([
      [0, 1, 3],
      [0, 1, 4],
      [40_000, 2, 3],
      [40_000, 2, 5],
    ]);
    expect(countsOf(3, 40_000)[5]).toBeCloseTo(1, 6);
    expect(countsOf(3, 40_020)[5]).toBeCloseTo(0.5, 6);
    expect(countsOf(3, 40_000)[4]).toBeCloseTo(0, 6);
  });

  it('keep the strongest of an item', () => {
    const often = Array.from({ length: 5 }, (_, s) => [
      [0, s, 0],
      [0, s, 1],
    ]).flat();
    const once = Array.from({ length: 90 }, (_, s) => [
      [0, 100 + s, 0],
      [0, 100 + s, 2 + s],
    ]).flat();
    const { countsOf } = played([...often, ...once] as [number, number, number][]);
    const counts = countsOf(0, 0);
    expect(Object.keys(counts)).toHaveLength(MAX_PAIRS);
    expect(counts[1]).toBe(5);
  });

  it('join a context as weights, none of them for items that nothing was taken with', () => {
    const { pairs } = played([
      [0, 1, 3],
      [0, 1, 4],
    ]);
    const [first, second] = pairs.join(
      [3, 9].map((item) => ({ item, rows: [], age: 0, gap: 0, kind: '' })),
      0,
    );
    expect([...(first!.pairs!.to as Uint32Array)]).toEqual([4]);
    expect(first!.pairs!.weight[0]).toBeCloseTo(pairWeight(1, 1, 1), 6);
    expect(second!.pairs!.to).toHaveLength(0);
  });
});
