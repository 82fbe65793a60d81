import { type Intent, type Signal, type Signals, SIGNALS, suits, type Validation } from '@evershelf/model';
import { coordinateAscent, qualityOf, type RankQuality, type Sample } from './coordinateAscent.ts';

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

/**
 * Fits the weights of the model's signals for an intent. The ways there are the weights of a broader intent as they are, a fit
 * that goes on from them, and a fit of its own; each is judged on the half of the samples that it was not fitted on, for both
 * halves. Where a single signal is ahead of them all, that signal is the head, its ties broken by what sells.
 *
 * @param samples signals in the order of `SIGNALS`
 * @param broader the head of an intent that has more samples; it says whether pairs are read
 */
export function fitHead(samples: readonly Sample[], intent: Intent, broader?: Head): Head {
  const parts = [0, 1].map((part) =>
    samples.filter((_, k) => k % 2 === part).flatMap((sample) => suited(sample, intent)),
  );
  const own = parts.flat();
  const ascend = (some: readonly Sample[], left?: number, from?: Float64Array): Float64Array =>
    coordinateAscent(some, WIDTH, { least: LEAST, left, from });
  if (parts.some((part) => part.length === 0)) {
    const weights = broader === undefined ? ascend(own, PAIRS) : heard(inOrder(broader.weights), intent);
    return { weights: bySignal(weights), halves: [weights, weights], validation: null };
  }

  /** Quality of weights by each half on the samples of the other one. */
  const judged = (halves: readonly Float64Array[]): RankQuality =>
    mean(parts.map((part, p) => ({ ...qualityOf(part, halves[1 - p]!), samples: part.length })));
  const fitted = (left?: number): Float64Array[] => parts.map((part) => ascend(part, left));
  const spare = broader !== undefined && broader.weights.pairs !== 0 ? undefined : fitted(PAIRS);
  const full = broader !== undefined && broader.weights.pairs === 0 ? undefined : fitted();
  const readsPairs =
    spare === undefined ||
    (full !== undefined && judged(full).ndcg > (1 + LEAST_GAIN_OF_PAIRS) * judged(spare).ndcg);
  const left = readsPairs ? undefined : PAIRS;

  const ways: Way[] = [{ halves: readsPairs ? full! : spare, weights: () => ascend(own, left) }];
  if (broader !== undefined) {
    const [from, ...before] = [inOrder(broader.weights), ...broader.halves].map((each) =>
      heard(each, intent),
    );
    const halves = parts.map((part, p) => ascend(part, left, before[p]));
    ways.unshift({ halves, weights: () => ascend(own, left, from) });
    ways.unshift({ halves: before, weights: () => from! });
  }
  const alone = SIGNALS.map((_, s) => (s === left ? 0 : qualityOf(own, unit(s)).ndcg));
  const best = alone.indexOf(Math.max(...alone));
  const qualities = ways.map(({ halves }) => judged(halves).ndcg);
  const way = ways[qualities.findIndex((each) => each >= (1 - TOLERANCE) * Math.max(...qualities))]!;
  const isAhead = judged(way.halves).ndcg >= alone[best]!;
  const { ndcg, recall } = isAhead ? judged(way.halves) : qualityOf(own, unit(best));
  const single = withoutTies(unit(best));
  return {
    weights: bySignal(isAhead ? way.weights() : single),
    halves: isAhead ? way.halves : [single, single],
    validation: { events: own.length, 'recall@20': recall, 'ndcg@20': ndcg, alone: bySignal(alone) },
  };
}

/** Weights without those of signals that are the same for all candidates of an intent. */
function heard(weights: Float64Array, intent: Intent): Float64Array {
  return weights.map((each, s) => (intent === 'discover' && PERSONAL.has(SIGNALS[s]!) ? 0 : each));
}

/** Weights by each half of the samples, and by all of them. */
interface Way {
  readonly halves: readonly Float64Array[];
  readonly weights: () => Float64Array;
}

function mean(parts: readonly (RankQuality & { samples: number })[]): RankQuality {
  const all = parts.reduce((sum, { samples }) => sum + samples, 0);
  const of = (name: keyof RankQuality): number =>
    parts.reduce((sum, part) => sum + (part[name] * part.samples) / all, 0);
  return { fading: of('fading'), ndcg: of('ndcg'), recall: of('recall') };
}

/** Weights for whatever comes next, fitted in passing to find the candidates that they would lift. */
export function quickHead(samples: readonly Sample[]): Signals {
  return bySignal(coordinateAscent(samples, WIDTH, { least: LEAST, rounds: 4 }));
}

/** A sample as an intent sees it: without the candidates that do not suit, or not at all where the target does not. */
function suited(sample: Sample, intent: Intent): Sample[] {
  const { values, stands } = sample;
  if (intent === 'mixed') return [sample];
  if (!suits(intent, values[HAD] === 1)) return [];
  const kept = new Float32Array(values.length);
  let chosen = 0;
  let end = 0;
  for (let at = 0; at < values.length; at += WIDTH) {
    if (!suits(intent, values[at + HAD] === 1)) continue;
    kept.set(values.subarray(at, at + WIDTH), end);
    end += WIDTH;
    if (at < sample.chosen * WIDTH) chosen++;
  }
  return [{ values: kept.slice(0, end), chosen, stands }];
}

/** One signal alone. */
function unit(signal: number): Float64Array {
  return Float64Array.from(SIGNALS, (_, each) => (each === signal ? 1 : 0));
}

function withoutTies(weights: Float64Array): Float64Array {
  const { signal, weight } = TIE_BREAK;
  return weights.map((each, s) => (s === signal && each === 0 ? weight : each));
}

function inOrder(weights: Signals): Float64Array {
  return Float64Array.from(SIGNALS, (signal) => weights[signal]);
}

function bySignal(values: ArrayLike<number>): Signals {
  return Object.fromEntries(SIGNALS.map((signal, s) => [signal, values[s]!])) as unknown as Signals;
}
