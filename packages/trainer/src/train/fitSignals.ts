import { type Intent, INTENTS, type Signals, SIGNALS } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import type { Sample } from './coordinateAscent.ts';
import { fitHead, type Head, quickHead } from './fitHead.ts';
import type { Random } from './random.ts';
import { signalReader, type SignalState } from './SignalReader.ts';
import { topIndices } from './topIndices.ts';

/**
 * Candidates that a target must outrank: the best by each of these signals, the best by the weights fitted so far (what a
 * wrong weight would lift shows up here), and some at random.
 */
const BEST = { deep: 100, match: 60, wide: 100, pairs: 60, live1: 40, live5: 40, live20: 40 } as const;
const BEST_BY_SUM = 100;
const AT_RANDOM = 150;

/** How often the weights are fitted on the way, and on how many of the latest samples. */
const FITS = 6;
const QUICK = 500;

/**
 * Plays the events [from, until) past histories and counters that hold the events before them, and fits the weights of
 * the signals, for each intent, on about `most` of those with a history.
 */
export async function fitSignals(
  log: EventLog,
  [from, until]: readonly [number, number],
  most: number,
  state: SignalState,
  random: Random,
  progress: (done: number, of: number) => void | Promise<void>,
): Promise<Record<Intent, Head>> {
  const every = Math.max(1, Math.floor((until - from) / most));
  const { count } = state.index;
  const reader = signalReader(log, state);
  const sum = new Float32Array(count);
  const samples: Sample[] = [];
  let weights: Signals | undefined;
  for (let e = from; e < until; e++) {
    if ((e - from) % every === 0 && state.histories.size(log.sequence[e]!) > 0) {
      const candidates = new Set([log.item[e]!, ...reader.read(e)]);
      const addBest = (scores: Float32Array, k: number): void =>
        topIndices(scores, k).forEach((item) => candidates.add(item));
      for (const [signal, k] of Object.entries(BEST)) addBest(reader.signals[signal as keyof typeof BEST], k);
      if (weights !== undefined) {
        sum.fill(0);
        for (const signal of SIGNALS) {
          const [weight, values] = [weights[signal], reader.signals[signal]];
          if (weight !== 0) for (let i = 0; i < count; i++) sum[i] = sum[i]! + weight * values[i]!;
        }
        addBest(sum, BEST_BY_SUM);
      }
      for (let k = 0; k < AT_RANDOM; k++) candidates.add(Math.floor(random() * count));
      const sample = new Float32Array(candidates.size * SIGNALS.length);
      let at = 0;
      for (const item of candidates)
        for (const signal of SIGNALS) sample[at++] = reader.signals[signal][item]!;
      samples.push(sample);
      if (samples.length % Math.ceil(most / FITS) === 0) weights = quickHead(samples.slice(-QUICK));
      await progress(e - from, until - from);
    }
    state.histories.add(e);
    state.counters.add(log.item[e]!, log.time[e]!);
    state.pairs.add(e);
  }
  return Object.fromEntries(INTENTS.map((intent) => [intent, fitHead(samples, intent)])) as Record<
    Intent,
    Head
  >;
}
