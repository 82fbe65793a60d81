import {
  type ContextWeights,
  type Edges,
  decodeLive,
  edgeLists,
  gatherScores,
  type ItemIndex,
  LIVE_SIGNALS,
  makeQuery,
  pairScores,
  personalSignals,
  type Signal,
  type Signals,
  SIGNALS,
  type SparseSum,
  type Tables,
  wideScores,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { bucketKernel } from './bucketKernel.ts';
import type { Histories } from './Histories.ts';
import type { LiveCounters } from './LiveCounters.ts';
import type { LivePairs } from './LivePairs.ts';

/** What the signals of every item are read from, whenever that is. */
export interface SignalModel {
  readonly tables: Tables;
  readonly index: ItemIndex;
  readonly edges: Edges;
  readonly contextWeights: ContextWeights;
  readonly edgeDecay: number;
}

/** The same, and what has happened so far. */
export interface SignalState extends SignalModel {
  readonly histories: Histories;
  readonly counters: LiveCounters;
  readonly pairs: LivePairs;
}

/** The signals of every item for one event after another; each has count numbers, overwritten by the next reading. */
export interface SignalReader {
  readonly signals: Readonly<Record<Signal, Float32Array>>;
  /** Moves the live signals on to a time; they rest until the next one. */
  refresh(time: number): void;
  /** Reads the others as they are just before event e; returns the items that its sequence had. */
  read(e: number): number[];
}

const NONE = Object.fromEntries(SIGNALS.map((signal) => [signal, 0])) as Record<Signal, number>;

export function signalReader(
  log: EventLog,
  { histories, counters, pairs, ...model }: SignalState,
): SignalReader {
  const { tables, index, edgeDecay } = model;
  const edges = edgeLists(model.edges);
  const { count } = index;
  const signals = Object.fromEntries(SIGNALS.map((signal) => [signal, new Float32Array(count)])) as Record<
    Signal,
    Float32Array
  >;
  signals.unknown.set(Float32Array.from(index.rung, (rung) => (rung === 0 ? 0 : 1)));
  const buckets = bucketKernel(tables);
  const zero = new Float32Array(count);
  const live = new Uint8Array(count * LIVE_SIGNALS.length);
  let had: number[] = [];
  return {
    signals,
    refresh(time) {
      counters.bytes(time, live);
      LIVE_SIGNALS.forEach((signal, h) => {
        for (let i = 0; i < count; i++) signals[signal][i] = decodeLive(live[i * LIVE_SIGNALS.length + h]!);
      });
    },
    read(e) {
      const context = histories.context(log.sequence[e]!, index, log.time[e]!);
      for (const signal of ['deep', 'match'] as const) {
        const alone: Signals = { ...NONE, [signal]: 1 };
        const query = makeQuery({ ...model, edges }, alone, context, []);
        gatherScores(buckets(query), index, zero, query, signals[signal]);
      }
      signals.wide.fill(0);
      signals.pairs.fill(0);
      spread(wideScores(edges, context, edgeDecay), signals.wide);
      spread(pairScores(pairs.join(context, log.time[e]!), edgeDecay), signals.pairs);
      const personal = ['frequency', 'had', 'session'] as const;
      for (const signal of personal) for (const item of had) signals[signal][item] = 0;
      had = [];
      for (const item of histories.personal(log.sequence[e]!, log.time[e]!, log.session[e]!)) {
        const own = personalSignals(item);
        for (const signal of personal) signals[signal][item.index] = own[signal];
        had.push(item.index);
      }
      return had;
    },
  };
}

function spread(scores: SparseSum, out: Float32Array): void {
  const values = scores.sums();
  scores.positions().forEach((item, k) => (out[item] = values[k]!));
}
