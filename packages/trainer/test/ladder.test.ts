import { placeItem } from '@evershelf/model';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Moment } from '../src/evaluate/Method.ts';
import { evershelf, scoredModel } from '../src/evaluate/evershelf.ts';
import { InputError, readShop, type Shop, TRAIN_DEFAULTS, trainModel } from '../src/index.ts';
import { expectedGain, standing } from '../src/lab/expectedGain.ts';
import { ladder } from '../src/lab/ladder.ts';
import { overSeeds } from '../src/lab/overSeeds.ts';
import { sampleEvents } from '../src/lab/sampleEvents.ts';
import { histories } from '../src/train/Histories.ts';
import { onTwo } from './onTwo.ts';
import { folderWith, shopFolder, shopWithArrivals, toCsv } from './syntheticShop.ts';

const options = { ...TRAIN_DEFAULTS, epochs: 3, dim: 16, rows: 1024, headEvents: 200 };
const quiet = (): void => {};
let shop: Shop;

async function read(own: ReturnType<typeof shopWithArrivals>): Promise<Shop> {
  const path = await shopFolder(own);
  return readShop({ events: [path('events.csv')], items: [path('items.csv')], map: {} });
}

beforeAll(async () => {
  shop = await read(shopWithArrivals({ shoppers: 120 }));
});

describe('ties', () => {
  it('give a target the mean of the gains at the ranks that it shares', () => {
    const scores = Float32Array.from([5, 2, 2, 9, 2, 1]);
    expect(standing(scores, 1, 0)).toEqual({ above: 2, ties: 2 });
    expect(standing(scores, 4, 4)).toEqual({ above: 0, ties: 0 });
    expect(expectedGain('recall@20', { above: 2, ties: 2 })).toBe(1);
    expect(expectedGain('recall@20', { above: 19, ties: 3 })).toBe(1 / 4);
    expect(expectedGain('recall@20', { above: 0, ties: 99 })).toBeCloseTo(20 / 100, 12);
    expect(expectedGain('recall@20', { above: 20, ties: 5 })).toBe(0);
    expect(expectedGain('ndcg@20', { above: 0, ties: 1 })).toBeCloseTo((1 + 1 / Math.log2(3)) / 2, 12);
  });
});

describe('a mean over seeds', () => {
  it('has the interval of Student: +-2.776 standard errors for five', () => {
    const { mean, low, high } = overSeeds([0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(mean).toBeCloseTo(0.5, 12);
    expect(high! - mean).toBeCloseTo(2.776 * Math.sqrt(0.025 / 5), 9);
    expect(mean - low!).toBeCloseTo(high! - mean, 9);
    expect(overSeeds([0, 0.5])).toMatchObject({ low: 0, high: 1 });
    expect(overSeeds([0.7])).toEqual({ bySeed: [0.7], mean: 0.7, low: null, high: null });
  });
});

describe('the judged events', () => {
  it('have a history and suit, and are thinned out evenly', async () => {
    const path = await folderWith({
      'e.csv': toCsv(
        ['u:a', 'v:a', 'u:b', 'w:c', 'u:c', 'v:b', 'w:a'].map((event, time) => {
          const [shopper, item] = event.split(':');
          return { time, shopper, item };
        }),
      ),
    });
    const { log } = await readShop({ events: [path('e.csv')], map: {} });
    expect(sampleEvents(log, [2, 7], 10)).toEqual([2, 4, 5, 6]);
    expect(sampleEvents(log, [2, 7], 10, (e) => log.itemIds[log.item[e]!] === 'b')).toEqual([2, 5]);
    expect(sampleEvents(log, [2, 7], 2)).toEqual([2, 5]);
  });
});

describe('the ladder', { timeout: 120_000 }, () => {
  it('climbs: category beats the default, attributes beat the category, what sells beats both', async () => {
    const { protocol, scores } = await onTwo(
      ladder,
      shop.log,
      shop.items,
      shop.schema,
      options,
      [1, 2],
      quiet,
    );
    expect(protocol.newItems.attributes).toBeGreaterThan(20);
    expect(protocol.judged).toBeGreaterThan(100);
    expect(Object.keys(scores.content.stages)).toEqual(['root', 'category', 'attributes']);
    expect(Object.keys(scores.whole.stages)).toEqual(['root', 'category', 'attributes', 'live']);
    const { root, category, attributes } = scores.content.stages;
    const { newItems } = protocol;
    const arrived = newItems.attributes + newItems.category + newItems.root;
    expect(root!.new.mean).toBeCloseTo(20 / arrived, 9);
    expect(category!.new.mean).toBeGreaterThan(root!.new.mean);
    expect(attributes!.new.mean).toBeGreaterThan(category!.new.mean);
    for (const score of Object.values(scores))
      for (const recall of Object.values(score.stages)) {
        expect(recall.new.bySeed).toHaveLength(2);
        expect(recall.new.mean).toBeGreaterThanOrEqual(recall.all.mean);
      }
    const [first] = scores.content.steps;
    expect(first).toMatchObject({ from: 'root', to: 'category' });
    expect(first!.new.mean).toBeCloseTo(category!.new.mean - root!.new.mean, 9);
    expect(first!.new.low).toBeLessThan(first!.new.mean);
  });

  it('leaves out the rung of a category where no item has one', async () => {
    const arrivals = shopWithArrivals({ shoppers: 60 });
    const items = arrivals.items.map(({ category, ...item }) => ({ ...item, shelf: category }));
    const { log, items: read_, schema } = await read({ ...arrivals, items } as never);
    const { scores } = await onTwo(ladder, log, read_, schema, options, [1], quiet);
    expect(Object.keys(scores.content.stages)).toEqual(['root', 'attributes']);
  });

  it('refuses a shop without attributes, and one without new items', async () => {
    const path = await shopFolder(shopWithArrivals({ shoppers: 60 }));
    const bare = await readShop({ events: [path('events.csv')], map: {} });
    await expect(onTwo(ladder, bare.log, bare.items, bare.schema, options, [1], quiet)).rejects.toThrow(
      new InputError('found no attribute of a new item that training reached, wanted some (--items)'),
    );
    const log = { ...shop.log, item: shop.log.item.map((item) => item % 20) };
    await expect(onTwo(ladder, log, shop.items, shop.schema, options, [1], quiet)).rejects.toThrow(
      /found no item/,
    );
  });

  it('scores all new items of a shop alike where nothing is known of them, and moves no counter of theirs', async () => {
    const { log, items, schema } = shop;
    const cut = Math.floor(0.8 * log.count);
    const model = await onTwo(trainModel, log, cut, items, schema, options, quiet);
    const isNew = (item: number): boolean => !model.vocabulary.knowsId(log.itemIds[item]!);
    const placed = scoredModel(log, items, model, 'mixed', {
      place: (item) =>
        placeItem(model.vocabulary.knowsId(item.id) ? item : { id: item.id }, model.vocabulary),
    });
    const method = evershelf(log, placed, { hears: (e) => !isNew(log.item[e]!) });
    for (let e = 0; e < log.count; e++) method.observe(e);
    const scores = new Float32Array(log.itemIds.length);
    const past = histories(log, 60);
    for (let e = 0; e < cut; e++) past.add(e);
    const moment: Moment = { time: log.time.at(-1)!, sequence: 0, personal: [], histories: past };
    method.score(moment, scores);
    expect(new Set(scores.filter((_, item) => isNew(item))).size).toBe(1);
    expect(new Set(scores.filter((_, item) => !isNew(item))).size).toBeGreaterThan(50);
  });
});
