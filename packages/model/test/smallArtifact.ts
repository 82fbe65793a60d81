import {
  type ArtifactParts,
  type Edges,
  type Item,
  type ManifestDraft,
  packItems,
  placeItem,
  quantiseRows,
  type Schema,
  type Signals,
  type Tables,
  toCatalogue,
  type Vocabulary,
} from '../src/index.ts';

/** An artifact with tables (rows x dim) drawn from a seed, for tests; the model does not know the last ten of its `count` items. */
export function smallArtifact(
  seed = 1,
  count = 60,
  [rows, dim]: readonly [number, number] = [1024, 8],
): { draft: ManifestDraft; parts: ArtifactParts } {
  let state = seed;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const table = (): Float32Array => Float32Array.from({ length: rows * dim }, () => random() - 0.5);
  const [context, item] = [quantiseRows(table(), dim), quantiseRows(table(), dim)];
  const tables: Tables = {
    rows,
    dim,
    context: context.int8,
    contextScale: context.scale,
    item: item.int8,
    itemScale: item.scale,
    match: Float32Array.from({ length: rows }, () => (random() < 0.3 ? random() * 9 : 0)),
  };
  const mixed: Signals = {
    deep: 1.5,
    match: 0.2,
    wide: 0.7,
    pairs: 0.4,
    live1: 0.1,
    live5: 0.2,
    live20: -0.1,
    frequency: 2,
    had: -1,
    session: -3,
    unknown: 0.5,
  };
  // Each item but the last ten reaches the three behind it.
  const edges: Edges = {
    start: Uint32Array.from({ length: count + 1 }, (_, i) => 3 * Math.min(i, count - 10)),
    to: Uint32Array.from({ length: 3 * (count - 10) }, (_, k) => Math.floor(k / 3) + 1 + (k % 3)),
    weight: Int8Array.from({ length: 3 * (count - 10) }, () => Math.floor(random() * 255) - 127),
    scale: Float32Array.from({ length: count }, (_, i) => (i < count - 10 ? 0.01 : 0)),
  };
  // Every other item was lately taken with the one two behind it.
  const pairing = (count - 10) / 2;
  const pairs: Edges = {
    start: Uint32Array.from({ length: count + 1 }, (_, i) => Math.min(pairing, Math.ceil(i / 2))),
    to: Uint32Array.from({ length: pairing }, (_, k) => 2 * k + 2),
    weight: Int8Array.from({ length: pairing }, (_, k) => 100 - (k % 25)),
    scale: Float32Array.from({ length: count }, (_, i) => (i < count - 10 && i % 2 === 0 ? 0.05 : 0)),
  };
  const schema: Schema = [
    { as: 'path', attribute: 'category' },
    { as: 'value', attribute: 'brand' },
  ];
  const items: Item[] = Array.from({ length: count }, (_, i) => ({
    id: `item ${i} ü`,
    title: `Title ${i}`,
    category: i % 3 === 0 ? ['Food', 'Fruit'] : ['Food'],
    brand: `Brand ${i % 5}`,
    ...(i % 2 === 0 ? { price: i / 4 } : {}),
  }));
  const vocabulary: Vocabulary = {
    schema,
    tableRows: rows,
    knowsId: (id) => Number(id.split(' ')[1]) < count - 10,
    knowsCategory: () => true,
    knowsRow: () => true,
  };
  const live = Uint8Array.from({ length: count * 3 }, () => Math.floor(random() * 256));
  const index = packItems(
    items.map((each) => placeItem(each, vocabulary)),
    live,
  );
  return {
    draft: {
      schema,
      categories: ['food', 'food>fruit'],
      heads: { mixed, discover: { ...mixed, deep: 2, unknown: 1 }, again: { ...mixed, frequency: 3 } },
      contextWeights: {
        decay: 0.8,
        gaps: [1.2, 1, 0.9, 0.7, 0.6, 0.5, 0.4],
        kinds: { view: 0.5, purchase: 2 },
      },
      edgeDecay: 0.6,
      frequencyHalfLife: 60,
      training: { from: 1, until: 2, events: 3, sequence: 'shopper', seed: 1, epochs: 1 },
      validation: { mixed: null, discover: null, again: null },
    },
    parts: { tables, edges, pairs, index, catalogue: toCatalogue(items) },
  };
}
