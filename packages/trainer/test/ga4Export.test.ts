import { beforeAll, describe, expect, it } from 'vitest';
import { buildArtifact, readShop, TRAIN_DEFAULTS, trainModel } from '../src/index.ts';
import { ga4Events, ga4Folder, plainEvents } from './ga4ExportOf.ts';
import { onTwo } from './onTwo.ts';
import { folderWith, syntheticShop, toCsv } from './syntheticShop.ts';

const synthetic = syntheticShop({ shoppers: 40 });
let exported: (name: string) => string;
let plain: (name: string) => string;

beforeAll(async () => {
  exported = await ga4Folder(synthetic);
  plain = await folderWith({ 'events.csv': toCsv(plainEvents(synthetic)) });
});

describe.each(['events_*.jsonl', 'events.parquet'])("GA4's BigQuery export as %s", (name) => {
  it('gives the events of an interest, as a plain log does', async () => {
    const [ga4, csv] = [
      await readShop({ events: [exported(name)], map: {} }),
      await readShop({ events: [plain('events.csv')], map: {} }),
    ];
    expect(ga4.problems).toEqual([]);
    expect(ga4.log.kinds.toSorted()).toEqual(['', 'cart', 'purchase', 'view']);
    for (const column of [
      'time',
      'item',
      'sequence',
      'session',
      'quantity',
      'kind',
      'itemIds',
      'kinds',
    ] as const)
      expect(ga4.log[column]).toEqual(csv.log[column]);
    expect(ga4.log.sequenceKind).toBe('shopper');
  });

  it('gives the items that its events tell of, those of lists as well', async () => {
    const { items } = await readShop({ events: [exported(name)], map: {} });
    const byId = new Map(items.map((item) => [item.id, item]));
    const { id, title, brand, price } = synthetic.items[9]!;
    expect(byId.get(id)).toEqual({ id, title, brand, price, category: ['Department 1', 'Shelf 9'] });
    const told = ga4Events(synthetic).flatMap(({ items: lines }) => lines as { item_id: string }[]);
    expect(items).toHaveLength(new Set(told.map((line) => line.item_id)).size);
  });
});

describe("GA4's BigQuery export", () => {
  it('trains the same model as a plain log of the same events', { timeout: 60_000 }, async () => {
    const options = { ...TRAIN_DEFAULTS, dim: 8, epochs: 1, headEvents: 100 };
    const artifactOf = async (events: string, items: Parameters<typeof buildArtifact>[1] | undefined) => {
      const shop = await readShop({ events: [events], map: {} });
      const known = items ?? shop.items;
      const { log, schema } = shop;
      const model = await onTwo((workers) =>
        trainModel(
          workers,
          log,
          log.count,
          known,
          items === undefined ? schema : itemsOfGa4.schema,
          options,
          () => {},
        ),
      );
      return await buildArtifact(log, known, model, options);
    };
    const itemsOfGa4 = await readShop({ events: [exported('events.parquet')], map: {} });
    const fromExport = await artifactOf(exported('events_*.jsonl'), undefined);
    expect(await artifactOf(plain('events.csv'), itemsOfGa4.items)).toEqual(fromExport);
  });

  it('is read beside a file of items, which says all of them', async () => {
    const path = await folderWith({ 'items.csv': 'id,title\n001,From the file\n' });
    const { items } = await readShop({
      events: [exported('events.parquet')],
      items: [path('items.csv')],
      map: {},
    });
    expect(items.find(({ id }) => id === '001')).toEqual({ id: '001', title: 'From the file' });
    expect(items.find(({ id }) => id === '002')).toEqual({ id: '002' });
  });

  it('keeps the latest of what was said of an item, and events without a device apart', async () => {
    const event = ga4Events(synthetic).find(({ event_name }) => event_name === 'view_item');
    const line = (changes: object) => JSON.stringify({ ...event, ...changes });
    const item = { item_id: 'a', item_name: 'Old', item_brand: 'Flax', price: 3 };
    const path = await folderWith({
      'e.jsonl': [
        line({ items: [item], event_timestamp: '1700000000000000' }),
        line({
          items: [{ ...item, item_name: 'New', item_brand: '(not set)' }, { item_name: 'No id' }],
          event_timestamp: '1700000009000000',
        }),
        line({ items: [item], user_pseudo_id: null, event_timestamp: '1700000001000000' }),
        line({ items: [{ item_id: '(not set)' }], event_timestamp: '1700000002000000' }),
      ].join('\n'),
    });
    const { items, problems, log } = await readShop({ events: [path('e.jsonl')], map: {} });
    expect(items).toMatchObject([{ id: 'a', title: 'New', brand: 'Flax', price: 3 }, { id: 'No id' }]);
    expect(log.count).toBe(2);
    expect(problems).toMatchObject([
      { what: 'events without an item, left out', count: 1, row: 4 },
      { what: 'events without shopper and session, left out', count: 1, row: 3 },
    ]);
  });
});
