import {
  attributeFeatures,
  categoryFeatures,
  type Encoder,
  featureRow,
  GAPS,
  type Item,
  levels,
  placeItem,
  quantiseMatch,
  type Schema,
  type Signals,
  SIGNALS,
  type Tables,
  type Vocabulary,
} from '@evershelf/model';
import { packMix } from '../edges/packMix.ts';
import { joined } from '../edges/SparseRows.ts';
import { shared } from '../workers/shared.ts';
import { evenly } from '../workers/slices.ts';
import type { Workers } from '../workers/Workers.ts';
import { itemFeatures } from './itemFeatures.ts';
import { matchWeights } from './matchWeights.ts';
import { edgesFor, tableRowsFor, type TrainOptions } from './options.ts';
import type { Progress, TrainedModel } from './trainModel.ts';

/**
 * What the signals weigh for as long as there is no event to fit them on: `match` in shares of what an item shares with itself,
 * the others as they are. Chosen on the validation parts of three logs (docs/feed.md). What the running session had is not shown
 * again; what a shopper keeps coming back to is.
 */
const WEIGHTS = {
  match: 0.3,
  wide: 0.3,
  pairs: 0.5,
  live20: 0.3,
  frequency: 0.5,
  session: -3,
} as const;
/** What is left of a context item for each later moment. */
const DECAY = 0.5;

/** Numbers in a row of tables that hold nothing but zeros. */
const DIM = 4;
/** Parts that the items are compared in; the workers take them in turn. */
const PARTS = 32;
/** Words and entries of an item that edges are made of: all that a schema can name. */
const MOST = 64;

/**
 * A model of items alone, for a shop that has no event yet: what an item shares with those of a history, edges to the ones that
 * are most alike, and counters and pairs that begin at nothing and take over as events come. Nothing is trained: no id is known,
 * every attribute of an item is.
 */
export async function contentModel(
  workers: Workers,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  progress: Progress,
): Promise<TrainedModel> {
  const rows = tableRowsFor(options, items.length);
  const { steps, scale } = quantiseMatch(matchWeights(items, schema, rows));
  const match = Float32Array.from(steps, (step) => step * scale);
  const categories = new Set(items.flatMap((item) => levels(item.category ?? [])));
  const reached = reachedRows(items, schema, rows);
  const tables: Tables = {
    rows,
    dim: DIM,
    context: new Int8Array(rows * DIM),
    contextScale: new Float32Array(rows),
    item: new Int8Array(rows * DIM),
    // A row is known by its scale, and says nothing by its zeros.
    itemScale: reached,
    match,
  };
  const vocabulary: Vocabulary = {
    schema,
    tableRows: rows,
    knowsId: () => false,
    knowsCategory: (level) => categories.has(level),
    knowsRow: (row) => reached[row]! > 0,
  };
  const input = shared({
    features: shared(itemFeatures(items, schema.map(whole))),
    groupOf: groupsOf(items),
  });
  let done = 0;
  const parts = evenly([0, items.length], PARTS).map(async (range) => {
    const part = await workers.run('contentEdges', { ...input, range });
    await progress('edges from content', (done += range[1] - range[0]), items.length, 'items');
    return part;
  });
  const cosine = joined(await Promise.all(parts));
  const weights = contentHead(items, vocabulary, match);
  return {
    tables,
    heads: { mixed: weights, discover: weights, again: weights },
    edges: packMix({ estimates: { cosine }, ridgeShare: 0, mean: edgesFor(options, items.length) }),
    contextWeights: { decay: options.contextDecay, gaps: GAPS.map(() => 1).concat(1), kinds: {} },
    edgeDecay: DECAY,
    frequencyHalfLife: options.frequencyHalfLife,
    vocabulary,
    categories: [...categories].toSorted(),
    validation: { mixed: null, discover: null, again: null },
  };
}

/** A head of `WEIGHTS` for a shop whose items share as much with themselves as these do. */
function contentHead(items: readonly Item[], vocabulary: Vocabulary, match: Float32Array): Signals {
  let all = 0;
  for (const item of items) for (const row of placeItem(item, vocabulary).rows) all += match[row]!;
  const own = all / Math.max(1, items.length);
  const none = Object.fromEntries(SIGNALS.map((signal) => [signal, 0])) as unknown as Signals;
  return {
    ...none,
    ...WEIGHTS,
    match: own === 0 ? 0 : Number((WEIGHTS.match / own).toPrecision(6)),
  };
}

/** rows; 1 where an attribute or a category of an item falls. */
function reachedRows(items: readonly Item[], schema: Schema, rows: number): Float32Array {
  const reached = new Float32Array(rows);
  for (const item of items)
    for (const token of [...categoryFeatures(item.category ?? []), ...attributeFeatures(schema, item)])
      reached[featureRow(token, rows)] = 1;
  return reached;
}

/** An encoder without a bound on what it takes of an item. */
function whole(encoder: Encoder): Encoder {
  return encoder.as === 'words' || encoder.as === 'list' ? { ...encoder, max: MOST } : encoder;
}

/** items; the number of the product that each is a variant of, from 1 on; 0 for those that are none. */
function groupsOf(items: readonly Item[]): Uint32Array {
  const numbers = new Map<unknown, number>();
  return Uint32Array.from(items, ({ item_group_id: group }) => {
    if (group === undefined) return 0;
    const number = numbers.get(group) ?? numbers.size + 1;
    numbers.set(group, number);
    return number;
  });
}
