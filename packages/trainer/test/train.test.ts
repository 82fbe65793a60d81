import { edgeLists, type EdgeLists, itemsOf, MANIFEST, readArtifact, SIGNALS } from '@evershelf/model';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  buildArtifact,
  evaluate,
  readShop,
  type Shop,
  TRAIN_DEFAULTS,
  type TrainedModel,
  trainModel,
  type Workers,
  withWorkers,
} from '../src/index.ts';
import { METHODS } from '../src/evaluate/methods.ts';
import { onTwo } from './onTwo.ts';
import { folderWith, shopFolder, syntheticShop } from './syntheticShop.ts';

const options = { ...TRAIN_DEFAULTS, epochs: 4, dim: 16, rows: 1024, headEvents: 200 };
const quiet = (): void => {};
let shop: Shop;
/** What seed 1 makes on two threads. */
let model: TrainedModel;
let files: Map<string, Uint8Array>;

beforeAll(async () => {
  const path = await shopFolder(syntheticShop({ shoppers: 80 }));
  shop = await readShop({ events: [path('events.csv')], items: [path('items.csv')], map: {} });
  [model, files] = await onTwo(trained, 1);
}, 60_000);

async function trained(workers: Workers, seed: number): Promise<[TrainedModel, Map<string, Uint8Array>]> {
  const own = { ...options, seed };
  const model = await trainModel(workers, shop.log, shop.log.count, shop.items, shop.schema, own, quiet);
  return [model, await buildArtifact(shop.log, shop.items, model, own)];
}

describe('training', { timeout: 60_000 }, () => {
  it('gives the same bytes for the same seed on any number of threads, and others for another', async () => {
    const [, again] = await withWorkers(3, (workers) => trained(workers, 1));
    const [, other] = await onTwo(trained, 2);
    expect(again).toEqual(files);
    expect(other.get(MANIFEST)).not.toEqual(files.get(MANIFEST));
  });

  it('makes an artifact that reads, with a trained row for every rung', async () => {
    const { manifest, tables, index } = await readArtifact(async (name) => new Uint8Array(files.get(name)!));
    expect(manifest.categories).toContain('department 0>shelf 0');
    expect(manifest.training.events).toBe(shop.log.count);
    expect(manifest.validation.mixed!.events).toBeGreaterThan(100);
    for (const signal of SIGNALS) expect(manifest.heads.mixed[signal]).toBeTypeOf('number');
    for (const row of index.rows) expect(tables.itemScale[row]).toBeGreaterThan(0);
  });

  it('lists items by category, then title, and edges and counters follow', async () => {
    const { catalogue, edges, index } = await readArtifact(async (name) => new Uint8Array(files.get(name)!));
    const paths = itemsOf(catalogue).map(({ category }) => category!.join('>'));
    expect(paths).toEqual(paths.toSorted());
    const ids = itemsOf(catalogue).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(shop.items.map(({ id }) => id).toSorted());

    const said = (own: EdgeLists, named: readonly string[], i: number): Record<string, number> => {
      const reached: Record<string, number> = {};
      own.each(i, (to, weight) => (reached[named[to]!] = weight));
      return reached;
    };
    const last = new Map<string, number>();
    shop.log.item.forEach((item, e) => last.set(shop.log.itemIds[item]!, e));
    const [latest] = [...last].reduce((a, b) => (b[1] > a[1] ? b : a));
    shop.log.itemIds.forEach((id, i) =>
      expect(said(edges, ids, ids.indexOf(id))).toEqual(said(edgeLists(model.edges), shop.log.itemIds, i)),
    );
    expect(model.edges.to.length).toBeGreaterThan(0);
    // The item of the last event has a day's half-life before it.
    expect(index.live[3 * ids.indexOf(latest)]).toBeGreaterThanOrEqual(11);
  });

  it.each([
    ['one item', (e: number) => `${e * 4000},u${e % 3},a`],
    ['one shopper', (e: number) => `${e * 4000},u,${e % 5}`],
    ['one moment', (e: number) => `7,u${e % 9},${e % 5}`],
    ['two events', (e: number) => (e < 2 ? `${e},u,${e}` : '')],
  ])('makes an artifact that reads of a log of %s', async (_, line) => {
    const lines = Array.from({ length: 100 }, (_each, e) => line(e)).filter((each) => each !== '');
    const path = await folderWith({ 'e.csv': `time,user,item\n${lines.join('\n')}\n` });
    const { log, items, schema } = await readShop({ events: [path('e.csv')], map: {} });
    const own = { ...options, epochs: 2 };
    const files = await buildArtifact(
      log,
      items,
      await onTwo(trainModel, log, log.count, items, schema, own, quiet),
      own,
    );
    const { index } = await readArtifact(async (name) => new Uint8Array(files.get(name)!));
    expect(index.count).toBe(log.itemIds.length);
  });

  it('does not look past the events that it is given', async () => {
    const until = Math.floor(shop.log.count / 2);
    const shortened = { ...shop.log, time: shop.log.time.slice(), item: shop.log.item.slice() };
    shortened.item.fill(0, until);
    const whole = await onTwo(trainModel, shop.log, until, shop.items, shop.schema, options, quiet);
    const blind = await onTwo(trainModel, shortened, until, shop.items, shop.schema, options, quiet);
    expect(blind.tables).toEqual(whole.tables);
    expect(blind.heads).toEqual(whole.heads);
    expect(blind.edges).toEqual(whole.edges);
  });
});

describe('evaluation', { timeout: 60_000 }, () => {
  it('judges every method on the same events, and the model finds the departments', async () => {
    const { protocol, methods } = await onTwo(evaluate, shop.log, shop.items, shop.schema, options, quiet);
    expect(Object.keys(methods)).toEqual(METHODS);
    for (const method of Object.values(methods)) {
      expect(method.all.n).toBe(protocol.judged);
      expect(method.warm.n + method.cold.n).toBe(method.all.n);
    }
    expect(methods['evershelf']!.all['recall@20']).toBeGreaterThan(
      2 * methods['popularity']!.all['recall@20'],
    );
  });
});
