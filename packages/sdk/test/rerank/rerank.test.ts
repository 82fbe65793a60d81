import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidates } from '../../src/index.ts';
import { ids, learnt, testShelves } from '../testShelves.ts';

const at = testShelves();

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Whoever was last is first. */
const reversed = ({ scores }: Candidates): tf.Tensor => tf.neg(scores);

describe("a model of the page's tfjs", () => {
  it('has the last word about the best items, and leaves the others out', async () => {
    const shelf = await at.open({ kv: '', tf });
    shelf.track({ item: at.shop.items[3]!, kind: 'purchase' });
    const plain = ids(await shelf.recommend({ k: 20 }));
    const turned = await shelf.recommend({ k: 5, rerank: { model: reversed, top: 20 } });
    expect(ids(turned)).toEqual(plain.toReversed().slice(0, 5));
    expect(ids(await shelf.recommend({ k: 5, rerank: { model: reversed, top: 5 } }))).toEqual(
      plain.slice(0, 5).toReversed(),
    );
  });

  it("sees the score, what the model knows of each item, and of the shopper: its product is the signal 'deep'", async () => {
    const shelf = await at.open({ kv: '', tf });
    shelf.track({ item: at.shop.items[3]!, kind: 'purchase' });
    const deep = ({ items, query }: Candidates): tf.Tensor =>
      tf.matMul(items, tf.reshape(query, [query.size, 1]));
    const { items } = await shelf.recommend({ k: 60, rerank: { model: deep } });
    expect(items).toHaveLength(60);
    for (const { item, score } of items) expect(score).toBeCloseTo(shelf.explain(item.id)!.signals.deep, 3);
  });

  it('may put an item behind all others, or in front of them', async () => {
    const shelf = await at.open({ kv: '', tf });
    shelf.track({ item: at.shop.items[3]!, kind: 'purchase' });
    const plain = ids(await shelf.recommend({ k: 6 }));
    const model = ({ scores }: Candidates): tf.Tensor =>
      tf.tensor1d(Array.from({ length: scores.size }, (_, place) => [-Infinity, 0, Infinity][place % 3]!));
    const shown = await shelf.recommend({ k: 6, rerank: { model, top: 6 } });
    const scores = [Infinity, Infinity, 0, 0, -Infinity, -Infinity];
    expect(shown.items.map(({ score }) => score)).toEqual(scores);
    const pairs = [2, 1, 0].map((place) => [plain[place]!, plain[place + 3]!].toSorted());
    expect(ids(shown)).toEqual(pairs.flat());
  });

  it('is asked for each shelf of many that has one', async () => {
    const shelf = await at.open({ kv: '', tf });
    shelf.track({ item: at.shop.items[3]!, kind: 'purchase' });
    const rerank = { model: reversed, top: 8 };
    const [first, turned, last] = await shelf.recommendAll([{}, { rerank }, { k: 3 }]);
    expect(ids(turned!)).toEqual(ids(first!).toReversed());
    expect(ids(last!)).toEqual(ids(first!).slice(0, 3));
  });

  it('ranks what rules choose from', async () => {
    const shelf = await at.open({ kv: '', tf });
    shelf.track({ item: at.shop.items[3]!, kind: 'purchase' });
    const kept = at.shop.items.filter(({ brand }) => brand === 'Brand 1').map(({ id }) => id);
    const rules = { where: { brand: { in: ['Brand 1'] } } };
    const found = ids(await shelf.recommend({ k: 60, rules }));
    expect(found.toSorted()).toEqual(kept.toSorted());
    const turned = await shelf.recommend({ k: 60, rules, rerank: { model: reversed } });
    expect(ids(turned)).toEqual(found.toReversed());
  });

  it('is not asked where nothing may be on the shelf', async () => {
    const shelf = await at.open({ kv: '', tf });
    const never = (): never => expect.fail('asked');
    expect(ids(await shelf.recommend({ filter: () => false, rerank: { model: never } }))).toEqual([]);
  });

  it('leaves no tensor behind, not even where it fails', async () => {
    const shelf = await at.open({ kv: '', tf });
    const before = tf.memory().numTensors;
    await shelf.recommend({ rerank: { model: reversed } });
    await expect(shelf.recommend({ rerank: { model: ({ items }) => items } })).rejects.toThrow(
      "rerank: the page's model failed: found 480 scores, wanted 60",
    );
    await expect(shelf.recommend({ rerank: { model: ({ scores }) => tf.mul(scores, NaN) } })).rejects.toThrow(
      "rerank: found NaN among the scores of the page's model",
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [{ model: 'net' as never }, 'rerank: found {"model":"net"}, wanted { model }, a function'],
    [{ model: reversed, top: 7 }, 'rerank.top: found 7, wanted a whole number from k, 8, to 1000'],
    [{ model: reversed, top: 1001 }, 'rerank.top: found 1001'],
  ])('is refused as %j', async (rerank, message) => {
    await expect((await at.open({ kv: '', tf })).recommend({ rerank })).rejects.toThrow(message);
  });

  it('is refused where the shelf was not given tfjs, and tfjs where it is none', async () => {
    await expect((await at.open({ kv: '' })).recommend({ rerank: { model: reversed } })).rejects.toThrow(
      "rerank: found no tf among the options of the shelf, wanted the page's tfjs",
    );
    await expect(at.open({ tf: {} as never })).rejects.toThrow("tf: found {}, wanted the page's tfjs");
    await learnt(await at.open());
  });
});
