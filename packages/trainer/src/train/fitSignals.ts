import type { Intent, Signal, Signals } from '@evershelf/model';
import { collect } from '../workers/collect.ts';
import { evenly, type Range } from '../workers/slices.ts';
import type { Workers } from '../workers/Workers.ts';
import type { Sample } from './coordinateAscent.ts';
import { type Ascend, fitHead, type Head, quickHead } from './fitHead.ts';
import { histories } from './Histories.ts';
import type { Passed } from './Passed.ts';
import type { Sampled } from './readSamples.ts';

/** How often the weights are fitted on the way, and on how many of the latest samples. */
const FITS = 6;
const QUICK = 500;

/** What the signals are fitted on. */
export interface SignalFit extends Sampled {
  readonly range: Range;
  /** About how many events of the range are taken. */
  readonly most: number;
  /** Signals that no head may read. */
  readonly without: readonly Signal[];
  /** What the events before the range left behind. */
  readonly passed: Passed;
}

/**
 * Fits the weights of the signals, for each intent, on about `most` events of a range that have a history.
 */
export async function fitSignals(
  workers: Workers,
  { range, most, without, passed: before, ...fit }: SignalFit,
  progress: (done: number, of: number) => void,
): Promise<Record<Intent, Head>> {
  const events = eventsOf(fit, range, most);
  const round = Math.ceil(most / FITS);
  const samples: Sample[] = [];
  let weights: Signals | undefined;
  let passed = before;
  for (let from = 0; from < events.length; from += round) {
    const until = Math.min(from + round, events.length);
    const parts = evenly([from, until], workers.threads).map((range) => {
      const goesOn = range[1] === until && until < events.length;
      return workers.run('readSamples', { ...fit, events, range, weights, passed, goesOn });
    });
    const read = await Promise.all(parts);
    samples.push(...read.flatMap((part) => part.samples));
    passed = read.at(-1)!.passed ?? passed;
    if (samples.length % round === 0) weights = quickHead(samples.slice(-QUICK), without);
    progress(samples.length, events.length + 1);
  }
  // What was left behind on the way.
  collect();
  const ascend: Ascend = (some, options) => workers.run('ascend', { samples: some, options });
  const mixed = await fitHead(samples, 'mixed', ascend, without);
  const [discover, again] = await Promise.all(
    (['discover', 'again'] as const).map((intent) => fitHead(samples, intent, ascend, without, mixed)),
  );
  progress(events.length + 1, events.length + 1);
  return { mixed, discover: discover!, again: again! };
}

/** About `most` events of a range, each with a history. */
function eventsOf({ log, order }: Sampled, [from, until]: Range, most: number): Uint32Array {
  const every = Math.max(1, Math.floor((until - from) / most));
  const past = histories(log, 1, from, order);
  const events: number[] = [];
  for (let e = from; e < until; e++) {
    if ((e - from) % every === 0 && past.size(log.sequence[e]!) > 0) events.push(e);
    past.add(e);
  }
  return Uint32Array.from(events);
}
