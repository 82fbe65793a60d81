import { type Intent, type Signal, type Signals, SIGNALS, suits, type Validation } from '@evershelf/model';
import {
  type AscentOptions,
  coordinateAscent,
  qualitiesOf,
  type RankQuality,
  type Sample,
} from './coordinateAscent.ts';
import { sharedArray } from '../workers/shared.ts';

const WIDTH = SIGNALS.length;
const HAD = SIGNALS.indexOf('had');
/**
 * What the context speaks for counts for an item, never against it. Nor does that it is unknown: where few items were new in
 * the samples, nothing holds that weight, and a fit that sinks all new items ranks them as well as any other.
 */
const FOR = new Set<Signal>(['deep', 'match', 'wide', 'pairs', 'unknown']);
const LEAST = SIGNALS.map((signal) => (FOR.has(signal) ? 0 : -Infinity));
/** A page fetches pairs for each of its items, so they stay out where they add less than this share of NDCG@20. */
const PAIRS = SIGNALS.indexOf('pairs');
const LEAST_GAIN_OF_PAIRS = 0.02;
/** All the same where nothing that the shopper had is a candidate. */
const PERSONAL = new Set<Signal>(['frequency', 'had', 'session']);
/** Breaks the ties that one signal alone leaves, for a shopper without a history all of them, by what sells. */
const TIE_BREAK = { signal: SIGNALS.indexOf('live20'), weight: 1e-4 } as const;

/** Fitted weights, and their quality on samples that they were not fitted on. */
export interface Head {
  readonly weights: Signals;
  /** The weights by the samples of even number alone, and by those of odd number, in the order of `SIGNALS`. */
  readonly halves: readonly Float64Array[];
  /** Null where there were no samples to tell. */
  readonly validation: Validation | null;
}

/** Of several ways to weights the simplest one is taken that is behind the best by no more than this share of NDCG@20. */
const TOLERANCE = 0.02;

/** Fits weights to some samples, in this thread or another: `coordinateAscent`. */
export type Ascend = (samples: readonly Sample[], options: AscentOptions) => Promise<Float64Array>;

/**
 * Fits the weights of the model's signals for an intent. The ways there are the weights of a broader intent as they are, a fit
 * that goes on from them, and a fit of its own; each is judged on the half of the samples that it was not fitted on, for both
 * halves. Where a single signal is ahead of them all, that signal is the head, its ties broken by what sells.
 *
 * @param samples signals in the order of `SIGNALS`
 * @param without signals that the head may not read
 * @param broader the head of an intent that has more samples; it says whether pairs are read
 */
export async function fitHead(
  samples: readonly Sample[],
  intent: Intent,
  ascend: Ascend,
  without: readonly Signal[],
  broader?: Head,
): Promise<Head> {
  const barred = positionsOf(without);
  const parts = [0, 1].map((part) =>
    samples.filter((_, k) => k % 2 === part).flatMap((sample) => suited(sample, intent)),
  );
  const own = parts.flat();
  const fit = (
    some: readonly Sample[],
    left: readonly number[],
    from?: Float64Array,
  ): Promise<Float64Array> => ascend(some, { least: LEAST, left, from });
  if (parts.some((part) => part.length === 0)) {
    const weights =
      broader === undefined ? await fit(own, [...barred, PAIRS]) : heard(inOrder(broader.weights), intent);
    return { weights: bySignal(weights), halves: [weights, weights], validation: null };
  }

  const { left, halves } = await fitHalves();
  const ways: Way[] = [{ halves, weights: () => fit(own, left) }];
  if (broader !== undefined) {
    const from = heard(inOrder(broader.weights), intent);
    const before = broader.halves.map((each) => heard(each, intent));
    const after = await Promise.all(parts.map((part, p) => fit(part, left, before[p])));
    ways.unshift({ halves: after, weights: () => fit(own, left, from) });
    ways.unshift({ halves: before, weights: async () => from });
  }
  const judged = crosswise(ways.map((way) => way.halves));
  const most = Math.max(...judged.map(({ ndcg }) => ndcg));
  const chosen = judged.findIndex(({ ndcg }) => ndcg >= (1 - TOLERANCE) * most);
  const singles = qualitiesOf(
    own,
    SIGNALS.map((_, s) => unit(s)),
  );
  const alone = singles.map(({ ndcg }) => ndcg);
  const best = indexOfLargest(alone.map((ndcg, s) => (left.includes(s) ? -1 : ndcg)));
  const isAhead = judged[chosen]!.ndcg >= alone[best]!;
  const { ndcg, recall } = isAhead ? judged[chosen]! : singles[best]!;
  const single = withoutTies(unit(best));
  return {
    weights: bySignal(isAhead ? await ways[chosen]!.weights() : single),
    halves: isAhead ? ways[chosen]!.halves : [single, single],
    validation: { events: own.length, 'recall@20': recall, 'ndcg@20': ndcg, alone: bySignal(alone) },
  };

  /** Fits both halves, with pairs where these are read: by the broader head, or where they gain enough. */
  async function fitHalves(): Promise<{ left: readonly number[]; halves: Float64Array[] }> {
    const spared = [...barred, PAIRS];
    const by = (out: readonly number[]): Promise<Float64Array[]> =>
      Promise.all(parts.map((part) => fit(part, out)));
    if (broader !== undefined) {
      const out = broader.weights.pairs === 0 ? spared : barred;
      return { left: out, halves: await by(out) };
    }
    const [full, spare] = await Promise.all([by(barred), by(spared)]);
    const [withPairs, withoutPairs] = crosswise([full, spare]);
    const isWorth = withPairs!.ndcg > (1 + LEAST_GAIN_OF_PAIRS) * withoutPairs!.ndcg;
    return isWorth ? { left: barred, halves: full } : { left: spared, halves: spare };
  }

  /** The quality of weights by each half on the samples of the other one, for each way. */
  function crosswise(all: readonly (readonly Float64Array[])[]): RankQuality[] {
    const byPart = parts.map((part, p) =>
      qualitiesOf(
        part,
        all.map((way) => way[1 - p]!),
      ),
    );
    return all.map((_, way) => mean(parts.map((part, p) => ({ ...byPart[p]![way]!, samples: part.length }))));
  }
}

/** Weights by each half of the samples, and by all of them. */
interface Way {
  readonly halves: readonly Float64Array[];
  readonly weights: () => Promise<Float64Array>;
}

/** Weights without those of signals that are the same for all candidates of an intent. */
function heard(weights: Float64Array, intent: Intent): Float64Array {
  return weights.map((each, s) => (intent === 'discover' && PERSONAL.has(SIGNALS[s]!) ? 0 : each));
}

function mean(parts: readonly (RankQuality & { samples: number })[]): RankQuality {
  const all = parts.reduce((sum, { samples }) => sum + samples, 0);
  const of = (name: keyof RankQuality): number =>
    parts.reduce((sum, part) => sum + (part[name] * part.samples) / all, 0);
  return { fading: of('fading'), ndcg: of('ndcg'), recall: of('recall') };
}

/** Weights for whatever comes next, fitted in passing to find the candidates that they would lift. */
export function quickHead(samples: readonly Sample[], without: readonly Signal[]): Signals {
  return bySignal(coordinateAscent(samples, WIDTH, { least: LEAST, rounds: 4, left: positionsOf(without) }));
}

/** A sample as an intent sees it: without the candidates that do not suit, or not at all where the target does not. */
function suited(sample: Sample, intent: Intent): Sample[] {
  const { values, stands } = sample;
  if (intent === 'mixed') return [sample];
  if (!suits(intent, values[HAD] === 1)) return [];
  const places = Array.from({ length: values.length / WIDTH }, (_, k) => k).filter((k) =>
    suits(intent, values[k * WIDTH + HAD] === 1),
  );
  const kept = sharedArray(Float32Array, places.length * WIDTH);
  places.forEach((k, place) => kept.set(values.subarray(k * WIDTH, (k + 1) * WIDTH), place * WIDTH));
  const chosen = places.filter((k) => k < sample.chosen).length;
  return [{ values: kept, chosen, stands }];
}

/** One signal alone. */
function unit(signal: number): Float64Array {
  return Float64Array.from(SIGNALS, (_, each) => (each === signal ? 1 : 0));
}

function indexOfLargest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

function withoutTies(weights: Float64Array): Float64Array {
  const { signal, weight } = TIE_BREAK;
  return weights.map((each, s) => (s === signal && each === 0 ? weight : each));
}

function positionsOf(signals: readonly Signal[]): number[] {
  return signals.map((signal) => SIGNALS.indexOf(signal));
}

function inOrder(weights: Signals): Float64Array {
  return Float64Array.from(SIGNALS, (signal) => weights[signal]);
}

function bySignal(values: ArrayLike<number>): Signals {
  return Object.fromEntries(SIGNALS.map((signal, s) => [signal, values[s]!])) as unknown as Signals;
}
