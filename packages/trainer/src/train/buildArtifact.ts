import {
  type Edges,
  type Item,
  LIVE_HALF_LIVES,
  packItems,
  placeItem,
  toCatalogue,
  type Training,
  writeArtifact,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { liveCounters } from './LiveCounters.ts';
import { epochsFor, type TrainOptions } from './options.ts';
import type { TrainedModel } from './trainModel.ts';

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
  const counters = liveCounters(items.length);
  for (let e = 0; e < log.count; e++) counters.add(log.item[e]!, log.time[e]!);
  const until = log.time[log.count - 1]!;
  const live = new Uint8Array(items.length * LIVE_HALF_LIVES.length);
  counters.bytes(until, live);
  const index = packItems(
    items.map((item) => placeItem(item, model.vocabulary)),
    live,
  );
  const training: Training = {
    from: log.time[0]!,
    until,
    events: log.count,
    sequence: log.sequenceKind,
    seed: options.seed,
    epochs: epochsFor(options, log.count),
  };
  const { heads, contextDecay, edgeDecay, frequencyHalfLife, validation, categories, vocabulary } = model;
  return writeArtifact(
    {
      schema: vocabulary.schema,
      categories,
      heads,
      contextDecay,
      edgeDecay,
      frequencyHalfLife,
      training,
      validation,
    },
    {
      tables: model.tables,
      edges: withItems(model.edges, items.length),
      index,
      catalogue: toCatalogue(items),
    },
  );
}

/** Edges among more items: those behind the ones that were trained have none. */
function withItems({ start, to, weight, scale }: Edges, items: number): Edges {
  const [more, scales] = [new Uint32Array(items + 1).fill(to.length), new Float32Array(items)];
  more.set(start);
  scales.set(scale);
  return { start: more, to, weight, scale: scales };
}
