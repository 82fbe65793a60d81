import {
  edgeLists,
  type Edges,
  gatherScores,
  type Intent,
  type Item,
  type ItemIndex,
  itemPrior,
  LIVE_HALF_LIVES,
  makeQuery,
  packItems,
  type Placement,
  placeItem,
  type Query,
  type QueryModel,
  type Signals,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { bucketKernel } from '../train/bucketKernel.ts';
import { liveCounters } from '../train/LiveCounters.ts';
import { livePairs } from '../train/LivePairs.ts';
import type { TrainedModel } from '../train/trainModel.ts';
import type { Method } from './Method.ts';
import { type PushDown, pushDown } from './pushDown.ts';

/** Judged events between two refreshes of the live signals, as a page would get them from the service. */
export const LIVE_EVERY = 16;

/** What scores: a model's numbers, its items as the ladder places them, and the weights of a head. It goes to other threads. */
export interface ScoredModel extends Omit<QueryModel, 'edges'> {
  readonly edges: Edges;
  readonly index: ItemIndex;
  readonly weights: Signals;
  /** What a shelf of the head's intent has no room for. */
  readonly push: PushDown;
}

/** Where a model is not scored as it is published. */
interface Otherwise {
  /** Where an item stands; default: where the ladder places it with all its attributes. */
  place?(item: Item): Placement;
  /** Default: those of the intent's head. */
  readonly weights?: Signals;
}

/** @param items of the log, by its numbers */
export function scoredModel(
  log: EventLog,
  items: readonly Item[],
  model: TrainedModel,
  intent: Intent,
  { place = (item) => placeItem(item, model.vocabulary), weights = model.heads[intent] }: Otherwise = {},
): ScoredModel {
  const { tables, edges, contextWeights, edgeDecay } = model;
  const placed = items.slice(0, log.itemIds.length).map(place);
  const push = intent === 'discover' ? 'history' : 'nothing';
  return {
    tables,
    edges,
    contextWeights,
    edgeDecay,
    index: packItems(placed),
    weights,
    push,
  };
}

/** Where a page does not hear all events of a shop, or its rows are not those of an artifact. */
interface Unlike {
  /** True where event e moves the live counters and pairs; default: always. */
  hears?(e: number): boolean;
  /** Unix seconds after which they stand still; default: never. */
  readonly latest?: number;
  /** Scores of the rows for a query; default: with WebAssembly, of the int8 table. */
  rowScores?(query: Query): Float32Array;
}

/** A trained model as it runs in a page: unknown items by their rung, counters that move on with the log. */
export function evershelf(
  log: EventLog,
  model: ScoredModel,
  { hears = () => true, latest = Infinity, rowScores = bucketKernel(model.tables) }: Unlike = {},
): Method {
  const { weights, push } = model;
  const queried: QueryModel = { ...model, edges: edgeLists(model.edges) };
  const { count } = model.index;
  const index = { ...model.index, live: new Uint8Array(count * LIVE_HALF_LIVES.length) };
  const counters = liveCounters(count);
  const pairs = weights.pairs === 0 ? undefined : livePairs(log, count, undefined, hears);
  let prior: Float32Array = new Float32Array(count);
  let age = 0;
  return pushDown(push, {
    observe(e) {
      if (!hears(e)) return;
      counters.add(log.item[e]!, log.time[e]!);
      pairs?.add(e);
    },
    score({ time, sequence, personal, histories }, out) {
      if (age++ % LIVE_EVERY === 0) {
        counters.bytes(Math.min(time, latest), index.live);
        prior = itemPrior(index, weights);
      }
      const past = histories.context(sequence, index, time);
      const context = pairs?.join(past, Math.min(time, latest)) ?? past;
      const query = makeQuery(queried, weights, context, personal);
      gatherScores(rowScores(query), index, prior, query, out);
    },
  });
}
