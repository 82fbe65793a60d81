import {
  type Edges,
  INTENTS,
  type Item,
  LIVE_HALF_LIVES,
  packItems,
  placeItem,
  toCatalogue,
  type Training,
  writeArtifact,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { packEdges } from '../edges/packEdges.ts';
import { renumbered } from '../edges/renumbered.ts';
import { rowBuilder } from '../edges/SparseRows.ts';
import { catalogueOrder } from './catalogueOrder.ts';
import { liveCounters } from './LiveCounters.ts';
import { livePairs } from './LivePairs.ts';
import { epochsFor, type TrainOptions } from './options.ts';
import type { TrainedModel } from './trainModel.ts';

/** Steps of an item's largest count of pairs. */
const PAIR_STEPS = 127;

/**
 * The files of an artifact: the model, and the catalogue of all items with the live counters as of the log's end.
 *
 * @param items those of the log by its numbers, then those without an event
 */
export function buildArtifact(
  log: EventLog,
  items: readonly Item[],
  model: TrainedModel,
  options: TrainOptions,
): Promise<Map<string, Uint8Array>> {
  const until = log.time[log.count - 1] ?? 0;
  const order = catalogueOrder(items);
  const numbers = new Uint32Array(items.length);
  order.forEach((item, place) => (numbers[item] = place));
  const listed = Array.from(order, (item) => items[item]!);
  const counters = liveCounters(items.length);
  for (let e = 0; e < log.count; e++) counters.add(numbers[log.item[e]!]!, log.time[e]!);
  const live = new Uint8Array(items.length * LIVE_HALF_LIVES.length);
  counters.bytes(until, live);
  const index = packItems(
    listed.map((item) => placeItem(item, model.vocabulary)),
    live,
  );
  const listedEdges = (edges: Edges): Edges =>
    renumbered(edges, numbers.subarray(0, edges.scale.length), items.length);
  const training: Training = {
    from: log.time[0] ?? 0,
    until,
    events: log.count,
    sequence: log.sequenceKind,
    seed: options.seed,
    epochs: epochsFor(options, log.count),
  };
  const { heads, contextWeights, edgeDecay, frequencyHalfLife, validation, categories, vocabulary } = model;
  return writeArtifact(
    {
      schema: vocabulary.schema,
      categories,
      heads,
      contextWeights,
      edgeDecay,
      frequencyHalfLife,
      training,
      validation,
    },
    {
      tables: model.tables,
      edges: listedEdges(model.edges),
      pairs: listedEdges(pairsOf(log, model)),
      index,
      catalogue: toCatalogue(listed),
    },
  );
}

/** The pairs of the log's items as of its end; none where no head reads them. */
function pairsOf(log: EventLog, { heads }: TrainedModel): Edges {
  const count = log.itemIds.length;
  if (INTENTS.every((intent) => heads[intent].pairs === 0)) {
    const none = { start: new Uint32Array(count + 1), to: new Uint32Array(0), weight: new Float32Array(0) };
    return packEdges(none, PAIR_STEPS);
  }
  const builder = rowBuilder(count);
  const pairs = livePairs(log, count);
  for (let e = 0; e < log.count; e++) pairs.add(e);
  for (let i = 0; i < count; i++) {
    const { to, weight } = pairs.counts(i, log.time[log.count - 1]!);
    const order = [...to.keys()].toSorted((a, b) => to[a]! - to[b]!);
    builder.add(
      order.map((k) => to[k]!),
      order.map((k) => weight[k]!),
      order.length,
    );
  }
  return packEdges(builder.rows(), PAIR_STEPS);
}
