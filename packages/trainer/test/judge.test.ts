import { describe, expect, it } from 'vitest';
import { judge } from '../src/evaluate/judge.ts';
import type { Method } from '../src/evaluate/Method.ts';
import { popularity, recentPopularity } from '../src/evaluate/popularity.ts';
import { pushDown } from '../src/evaluate/pushDown.ts';
import { histories } from '../src/train/Histories.ts';
import { itemKnn, similarities } from '../src/evaluate/itemKnn.ts';
import { readShop } from '../src/index.ts';
import { encodeLive } from '@evershelf/model';
import { liveCounters } from '../src/train/LiveCounters.ts';
import { topIndices } from '../src/train/topIndices.ts';
import { seededRandom } from '../src/train/random.ts';
import { folderWith } from './syntheticShop.ts';

/** A log of one letter an event: `u:a` is shopper u with item a, one second apart. */
async function logOf(events: string) {
  const lines = events.split(' ').map((event, time) => `${time},${event.replace(':', ',')}`);
  const path = await folderWith({ 'e.csv': `time,user,item\n${lines.join('\n')}\n` });
  return (await readShop({ events: [path('e.csv')], map: {} })).log;
}

const constant = (scores: number[]): Method => ({ observe() {}, score: (_, out) => out.set(scores) });

describe('the protocol', () => {
  it('ranks the target among all items of the log, ties against it', async () => {
    const log = await logOf('u:a u:b v:c u:d u:a');
    const run = async (scores: number[]) =>
      (await judge(log, { cut: 3, until: 5, every: 1, lists: 1 }, [constant(scores)], 60, () => {})).methods;
    const [best] = await run([4, 3, 2, 5]);
    expect(best!.slices.all).toEqual({
      n: 2,
      'recall@20': 1,
      'ndcg@20': (1 + 1 / Math.log2(3)) / 2,
      'mrr@20': 0.75,
    });
    const [ties] = await run([1, 1, 1, 1]);
    expect(ties!.slices.all['mrr@20']).toBe(1 / 4);
  });

  it('cuts the slices: d is cold and novel, a is warm and had before', async () => {
    const log = await logOf('u:a u:b v:c u:d u:a');
    const { methods } = await judge(
      log,
      { cut: 3, until: 5, every: 1, lists: 1 },
      [constant([4, 3, 2, 1])],
      60,
      () => {},
    );
    const { slices } = methods[0]!;
    expect([slices.warm.n, slices.cold.n, slices.coldOnly.n, slices.novel.n, slices.discover.n]).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect(slices.cold['mrr@20']).toBe(1 / 4);
    expect(slices.coldOnly['mrr@20']).toBe(1);
    expect(slices.discover['mrr@20']).toBe(1 / 2);
  });

  it('judges no event without a history, and every k-th of the others', async () => {
    const log = await logOf('u:a u:b v:c u:d w:e u:f');
    const every = await judge(
      log,
      { cut: 2, until: 6, every: 1, lists: 1 },
      [constant([1, 1, 1, 1, 1, 1])],
      60,
      () => {},
    );
    expect(every.methods[0]!.slices.all.n).toBe(2);
    const third = await judge(
      log,
      { cut: 3, until: 6, every: 3, lists: 1 },
      [constant([1, 1, 1, 1, 1, 1])],
      60,
      () => {},
    );
    expect(third.methods[0]!.slices.all.n).toBe(1);
  });
});

describe('baselines', () => {
  it('count events: all of the training part, or the last days as they pass', async () => {
    const log = await logOf('u:a u:a u:b v:b v:c v:a');
    const out = new Float32Array(3);
    const moment = { time: 5, sequence: 0, personal: [], histories: undefined as never };
    popularity(log, 3).score(moment, out);
    expect([...out]).toEqual([2, 1, 0]);
    const recent = recentPopularity(log, { days: 3 / 86_400 });
    for (let e = 0; e < 5; e++) recent.observe(e);
    recent.score(moment, out);
    expect([...out].map(Math.round)).toEqual([0, 2, 1]);
    expect(out[0]).toBeGreaterThan(0);
  });

  it('put what was had behind everything else where told to', async () => {
    const log = await logOf('u:a u:b v:c');
    const out = new Float32Array(3);
    const personal = [
      { index: 0, frequency: 1, inSession: false },
      { index: 1, frequency: 1, inSession: true },
    ];
    const moment = { time: 5, sequence: 0, personal, histories: undefined as never };
    pushDown('session', popularity(log, 3)).score(moment, out);
    expect([...out]).toEqual([1, -Infinity, 1]);
    pushDown('history', popularity(log, 3)).score(moment, out);
    expect([...out]).toEqual([-Infinity, -Infinity, 1]);
  });

  it.each([
    { within: 'session', expected: { a: 1, b: 1, c: expect.closeTo(1 / 2, 6) } },
    { within: 'history', expected: { a: 1, b: 1, c: 1 } },
  ] as const)('find neighbours by the $within that two items share', async ({ within, expected }) => {
    const path = await folderWith({
      'e.csv':
        'time,session,shopper,item\n1,s,u,a\n1,s,u,b\n2,t,v,a\n2,t,v,b\n2,t,v,c\n3,x,u,c\n4,y,w,d\n5,z,w,d\n',
    });
    const { log } = await readShop({ events: [path('e.csv')], map: {} });
    const similar = similarities(log, log.count, { within, damping: 0, power: 0.5 });
    const { items, similarity } = similar(0);
    const found = Object.fromEntries([...items].map((item, k) => [log.itemIds[item], similarity[k]]));
    expect(found).toEqual(expected);

    const method = itemKnn(log, log.count, similar, { context: 5, decay: 1 });
    const out = new Float32Array(4);
    const past = histories(log, 60);
    for (let e = 0; e < 2; e++) past.add(e);
    method.score({ time: 2, sequence: 0, personal: [], histories: past }, out);
    expect(out[0]).toBeGreaterThanOrEqual(out[2]!);
    expect(out[2]).toBeGreaterThan(out[3]!);
    expect(out[3]).toBeGreaterThan(0);
  });
});

describe('live counters', () => {
  it('agree with counts decayed one by one, over years', () => {
    const random = seededRandom(3);
    const counters = liveCounters(3);
    const events: [number, number][] = [];
    let time = 1e9;
    for (let e = 0; e < 2000; e++) {
      time += random() * 86_400;
      events.push([Math.floor(random() * 2), time]);
      counters.add(...events.at(-1)!);
    }
    const bytes = new Uint8Array(9);
    counters.bytes(time, bytes);
    [1, 5, 20].forEach((days, h) => {
      for (const item of [0, 1, 2]) {
        const count = events.reduce(
          (sum, [i, t]) => sum + (i === item ? 2 ** ((t - time) / (86_400 * days)) : 0),
          0,
        );
        expect(bytes[item * 3 + h]).toBe(encodeLive(count));
      }
    });
  });
});

it('finds the largest scores', () => {
  const random = seededRandom(5);
  const scores = Float32Array.from({ length: 1000 }, random);
  const sorted = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
  for (const k of [0, 1, 7, 1000, 2000]) {
    expect([...topIndices(scores, k)].sort()).toEqual(sorted.slice(0, k).sort());
  }
});
