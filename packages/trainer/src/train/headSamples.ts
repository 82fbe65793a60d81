import {
  bucketScores,
  decodeLive,
  gatherScores,
  type ItemIndex,
  LIVE_SIGNALS,
  makeQuery,
  personalSignals,
  type Signals,
  SIGNALS,
  type Tables,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import type { Histories } from './Histories.ts';
import type { LiveCounters } from './LiveCounters.ts';
import type { Random } from './random.ts';
import { topIndices } from './topIndices.ts';

/** Signals of a target (candidate 0) and of the candidates that it must outrank, candidates x signals. */
export type HeadSample = Float32Array;

/** Candidates of a sample: the best of each signal, and as many at random as keep the weights honest. */
const BEST_DEEP = 100;
const BEST_MATCH = 60;
const BEST_LIVE = 40;
const AT_RANDOM = 150;

/** Events between two looks at the live counters. */
const LIVE_EVERY = 50;

const none: Signals = {
  deep: 0,
  match: 0,
  live1: 0,
  live5: 0,
  live20: 0,
  frequency: 0,
  had: 0,
  session: 0,
  unknown: 0,
};

/**
 * Plays the events [from, until) past histories and counters that hold the events before them, and takes a sample
 * at about `most` of those with a history.
 */
export async function headSamples(
  log: EventLog,
  from: number,
  until: number,
  most: number,
  state: { histories: Histories; counters: LiveCounters },
  model: { tables: Tables; index: ItemIndex; contextDecay: number },
  random: Random,
  progress: (done: number, of: number) => void | Promise<void>,
): Promise<HeadSample[]> {
  const { histories, counters } = state;
  const { tables, index, contextDecay } = model;
  const every = Math.max(1, Math.floor((until - from) / most));
  const buckets = new Float32Array(tables.rows);
  const nothing = new Float32Array(index.count);
  const deep = new Float32Array(index.count);
  const match = new Float32Array(index.count);
  const live = new Uint8Array(index.count * LIVE_SIGNALS.length);
  const column = new Float32Array(index.count);
  let liveBest: Uint32Array[] = [];
  let liveAge = LIVE_EVERY;
  const samples: HeadSample[] = [];
  for (let e = from; e < until; e++) {
    const sequence = log.sequence[e]!;
    if ((e - from) % every === 0 && histories.size(sequence) > 0) {
      if (liveAge++ >= LIVE_EVERY) {
        counters.bytes(log.time[e]!, live);
        liveBest = LIVE_SIGNALS.map((_, h) => {
          for (let i = 0; i < index.count; i++) column[i] = live[i * LIVE_SIGNALS.length + h]!;
          return topIndices(column, BEST_LIVE);
        });
        liveAge = 1;
      }
      const context = histories.context(sequence, index);
      const personal = histories.personal(sequence, log.time[e]!, log.session[e]!);
      for (const [signal, out] of [
        ['deep', deep],
        ['match', match],
      ] as const) {
        const query = makeQuery(tables, { ...none, [signal]: 1 }, contextDecay, context, []);
        bucketScores(tables, query, buckets);
        gatherScores(buckets, index, nothing, query, out);
      }
      const target = log.item[e]!;
      const candidates = new Set([target, ...personal.map((item) => item.index)]);
      for (const best of [topIndices(deep, BEST_DEEP), topIndices(match, BEST_MATCH), ...liveBest]) {
        for (const item of best) candidates.add(item);
      }
      for (let k = 0; k < AT_RANDOM; k++) candidates.add(Math.floor(random() * index.count));
      const had = new Map(personal.map((item) => [item.index, personalSignals(item)]));
      const sample = new Float32Array(candidates.size * SIGNALS.length);
      let at = 0;
      for (const i of candidates) {
        const own = had.get(i);
        const values: Signals = {
          deep: deep[i]!,
          match: match[i]!,
          live1: decodeLive(live[i * 3]!),
          live5: decodeLive(live[i * 3 + 1]!),
          live20: decodeLive(live[i * 3 + 2]!),
          frequency: own?.frequency ?? 0,
          had: own?.had ?? 0,
          session: own?.session ?? 0,
          unknown: index.rung[i] === 0 ? 0 : 1,
        };
        for (const signal of SIGNALS) sample[at++] = values[signal];
      }
      samples.push(sample);
    }
    histories.add(e);
    counters.add(log.item[e]!, log.time[e]!);
    if ((e - from) % every === 0) await progress(e - from, until - from);
  }
  return samples;
}
