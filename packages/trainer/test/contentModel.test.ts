import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Artifact, edgeLists, type Item, placeItem, readArtifact, RUNGS } from '@evershelf/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { evershelf, scoredModel } from '../src/evaluate/evershelf.ts';
import { replay } from '../src/evaluate/replay.ts';
import { type EventLog, TRAIN_DEFAULTS, withWorkers } from '../src/index.ts';
import { inferSchema } from '../src/read/inferSchema.ts';
import { contentModel } from '../src/train/contentModel.ts';
import type { TrainedModel } from '../src/train/trainModel.ts';
import { commandOf } from './commandOf.ts';
import { rss } from './feedOf.ts';
import { folderWith } from './syntheticShop.ts';

const MATERIALS = ['linen', 'cotton', 'wool', 'silk'];
const COLOURS = ['red', 'green', 'blue'];
/** Dresses, shoes and so on, of four materials, each in three colours, which are variants of one product. */
const items: Item[] = ['dress', 'shoe', 'hat', 'bag', 'belt', 'coat'].flatMap((kind) =>
  MATERIALS.flatMap((material, m) =>
    [0, 1].flatMap((version) =>
      COLOURS.map((color) => ({
        id: `${kind}-${material}-${version}-${color}`,
        title: `${material} ${kind} ${['classic', 'modern'][version]}`,
        category: ['Clothes', kind],
        brand: `Brand ${(m + version) % 3}`,
        price: 10 + 5 * m,
        color,
        item_group_id: `${kind}-${material}-${version}`,
        image: `https://shop.example/${kind}-${color}.jpg`,
      })),
    ),
  ),
);
const schema = inferSchema(items);
const indexOf = (id: string): number => items.findIndex((item) => item.id === id);
const modelOn = (threads: number): Promise<TrainedModel> =>
  withWorkers(threads, (workers) => contentModel(workers, items, schema, TRAIN_DEFAULTS, () => {}));
let model: TrainedModel;

beforeAll(async () => {
  model = await modelOn(2);
});

/** Ids by the shelf of a shopper who had some items, after all events of the log. */
async function shelfAfter(...had: readonly [session: number, item: string][]): Promise<string[]> {
  const log: EventLog = {
    count: had.length + 1,
    time: Float64Array.from([...had, 0], (_, e) => 1_700_000_000 + 60 * e),
    item: Uint32Array.from([...had.map(([, id]) => indexOf(id)), 0]),
    sequence: Uint32Array.from([...had.map(([session]) => session), 0]),
    session: Uint32Array.from([...had.map(([session]) => session), 0]),
    sequences: Math.max(...had.map(([session]) => session)) + 1,
    quantity: new Float32Array(had.length + 1).fill(1),
    kind: new Uint8Array(had.length + 1),
    kinds: [''],
    itemIds: items.map(({ id }) => id),
    sequenceKind: 'shopper',
  };
  const method = evershelf(log, scoredModel(log, items, model, 'mixed'));
  const scores = new Float32Array(items.length);
  await replay(log, [method], {
    events: [had.length],
    frequencyHalfLife: 60,
    judged: (_, moment) => method.score(moment, scores),
  });
  return items.map(({ id }) => id).toSorted((a, b) => scores[indexOf(b)]! - scores[indexOf(a)]!);
}

describe('a model of items alone', () => {
  it('has edges to what is most alike, and none to another variant of the same product', () => {
    const reached: string[] = [];
    edgeLists(model.edges).each(indexOf('dress-silk-0-red'), (to) => reached.push(items[to]!.id));
    expect(reached).toContain('dress-silk-1-red');
    expect(reached.filter((id) => id.startsWith('dress-silk-0'))).toEqual([]);
  });

  it('knows no id, but what any item is by its attributes, its category, or not at all', () => {
    const rung = (item: Item): string => placeItem(item, model.vocabulary).rung;
    expect(items.map(rung)).toEqual(items.map(() => 'attributes'));
    expect(rung({ id: 'new', brand: 'Brand 1', category: ['Clothes'] })).toBe('attributes');
    expect(placeItem({ id: 'new', category: ['Clothes', 'scarf'] }, model.vocabulary)).toMatchObject({
      rung: 'category',
      token: 'unknown_clothes',
    });
    expect(rung({ id: 'new' })).toBe('root');
  });

  it('ranks what is like the history, though nobody has ever bought anything', async () => {
    const shelf = await shelfAfter([0, 'shoe-wool-0-red']);
    expect(shelf.slice(0, 4)).toContain('shoe-wool-1-red');
    expect(shelf.slice(0, 10).filter((id) => !id.startsWith('shoe'))).toEqual([]);
    expect(shelf.at(-1)).toBe('shoe-wool-0-red');
  });

  it('lets what others do take over, without training', async () => {
    const together = Array.from({ length: 60 }, (_, k): [number, string] => [
      1 + (k >> 1),
      k % 2 === 0 ? 'shoe-wool-0-red' : 'dress-linen-1-blue',
    ]);
    const shelf = await shelfAfter(...together, [0, 'shoe-wool-0-red']);
    expect(shelf[0]).toBe('dress-linen-1-blue');
  });

  it('is the same on any number of threads', async () => {
    const { edges, tables, heads } = await modelOn(1);
    expect({ edges, tables, heads }).toEqual({
      edges: model.edges,
      tables: model.tables,
      heads: model.heads,
    });
  });

  it('leaves out of its features what only a card shows', () => {
    const attributes = schema.flatMap((encoder) =>
      encoder.as === 'cross' ? encoder.attributes : encoder.attribute,
    );
    expect(attributes).toEqual(['category', 'brand', 'color', 'price', 'title']);
  });
});

describe('evershelf train of a feed alone', { timeout: 60_000 }, () => {
  const artifactIn = (folder: string): Promise<Artifact> =>
    readArtifact(async (name) => new Uint8Array(await readFile(join(folder, name))));

  it('makes an artifact that any page reads', async () => {
    const xml = items.map(
      ({ id, title, category, price, color }) =>
        `<g:id>${id}</g:id><g:title>${title}</g:title><g:description>Long words about ${id}</g:description>` +
        `<g:product_type>${category!.join(' &gt; ')}</g:product_type><g:price>${price}.00 EUR</g:price><g:color>${String(color)}</g:color>`,
    );
    const path = await folderWith({ 'feed.xml': rss(...xml) });
    const { out } = await commandOf('train', '--items', path('feed.xml'), '--out', path('model'));
    expect(out).toMatch(/model [0-9a-f]{16}, 144 items/);
    const { manifest, index, catalogue, edges } = await artifactIn(path('model'));
    expect(manifest.training).toMatchObject({ from: 0, until: 0, events: 0, epochs: 0 });
    expect(manifest.validation).toEqual({ mixed: null, discover: null, again: null });
    expect(index.rung.every((rung) => RUNGS[rung] === 'attributes')).toBe(true);
    expect(index.live.every((byte) => byte === 0)).toBe(true);
    expect(Object.keys(catalogue.columns)).not.toContain('description');
    let count = 0;
    for (let i = 0; i < 144; i++) edges.each(i, () => count++);
    expect(count).toBeGreaterThan(144);
    expect((await commandOf('inspect', path('model'))).out).toContain('none: made of items alone');
  });

  it.each([
    [[], 'found neither --events nor --items, wanted items at least'],
    [['--items', 'empty.tsv'], 'empty.tsv: found no item, wanted some to begin with'],
  ])('refuses %j', async (args, message) => {
    const path = await folderWith({ 'empty.tsv': 'id\ttitle\n' });
    const own = args.map((arg) => (arg.endsWith('.tsv') ? path(arg) : arg));
    const ran = await commandOf('train', ...own, '--out', path('model'));
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining(message) });
  });
});
