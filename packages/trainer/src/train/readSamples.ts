import { LIVE_SIGNALS, type Signals, SIGNALS } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import type { SequenceItems } from '../read/sequenceItems.ts';
import { sharedArray } from '../workers/shared.ts';
import type { Range } from '../workers/slices.ts';
import type { Sample } from './coordinateAscent.ts';
import { histories } from './Histories.ts';
import { type Passed, passing } from './Passed.ts';
import { seededRandom } from './random.ts';
import { type SignalModel, signalReader } from './SignalReader.ts';
import { topIndices } from './topIndices.ts';

/**
 * Candidates that a target must outrank: the best by each of these signals, the best by the weights fitted so far (what a
 * wrong weight would lift shows up here), and some at random.
 */
const BEST = { deep: 100, match: 60, wide: 100, pairs: 60 } as const;
const BEST_LIVE = 40;
const BEST_BY_SUM = 100;
const AT_RANDOM = 150;

/** Samples between two looks at the live counters. */
const LIVE_EVERY = 50;

/** What samples are read from. */
export interface Sampled {
  readonly log: EventLog;
  readonly order: SequenceItems;
  readonly model: SignalModel;
  readonly frequencyHalfLife: number;
  readonly seed: number;
}

/** What the samples of some events need. */
export interface Sampling extends Sampled {
  /** All events that are sampled, in order, and the range of those that are read. */
  readonly events: Uint32Array;
  readonly range: Range;
  /** Those fitted so far. */
  readonly weights: Signals | undefined;
  /** What events before the range left behind; no later than the last look at the live counters. */
  readonly passed: Passed;
  /** True where the events behind the range are read next. */
  readonly goesOn: boolean;
}

/**
 * Reads the signals of an event's target and of its candidates, for each event of a range.
 *
 * @returns a sample an event, and where it goes on, from where the events behind the range can be read
 */
export function readSamples(sampling: Sampling): { samples: Sample[]; passed: Passed | undefined } {
  const { log, order, model, frequencyHalfLife, events, range, weights, seed, goesOn } = sampling;
  const { count } = model.index;
  const past = passing(log, count, sampling.passed);
  let played = events[range[0]]!;
  const own = histories(log, frequencyHalfLife, played, order);
  const reader = signalReader(log, { ...model, histories: own, counters: past.counters, pairs: past.pairs });
  const sum = new Float32Array(count);
  const samples: Sample[] = [];
  let passed: Passed | undefined;
  let selling: Uint32Array[] = [];
  for (let s = range[0] - (range[0] % LIVE_EVERY); s < range[1]; s++) {
    const e = events[s]!;
    past.moveTo(e);
    if (s % LIVE_EVERY === 0) {
      reader.refresh(log.time[e]!);
      selling = LIVE_SIGNALS.map((signal) => topIndices(reader.signals[signal], BEST_LIVE));
      if (goesOn && s + LIVE_EVERY >= range[1]) passed = past.passed();
    }
    if (s < range[0]) continue;
    while (played < e) own.add(played++);
    const candidates = new Set([log.item[e]!, ...reader.read(e)]);
    const add = (items: Uint32Array): void => items.forEach((item) => candidates.add(item));
    // These first: they outrank most targets, and whoever counts can stop early.
    if (weights !== undefined) {
      sum.fill(0);
      for (const signal of SIGNALS) {
        const [weight, values] = [weights[signal], reader.signals[signal]];
        if (weight !== 0) for (let i = 0; i < count; i++) sum[i] = sum[i]! + weight * values[i]!;
      }
      add(topIndices(sum, BEST_BY_SUM));
    }
    for (const [signal, k] of Object.entries(BEST))
      add(topIndices(reader.signals[signal as keyof typeof BEST], k));
    selling.forEach(add);
    // An event draws its own numbers, whoever read the one before it.
    const random = seededRandom(seed ^ Math.imul(e, 0x9e3779b1));
    const chosen = candidates.size;
    for (let k = 0; k < AT_RANDOM; k++) candidates.add(Math.floor(random() * count));
    const values = sharedArray(Float32Array, candidates.size * SIGNALS.length);
    let at = 0;
    for (const item of candidates) for (const signal of SIGNALS) values[at++] = reader.signals[signal][item]!;
    samples.push({ values, chosen, stands: (count - chosen) / Math.max(1, candidates.size - chosen) });
  }
  return { samples, passed };
}
