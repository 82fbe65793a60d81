import { type Intent, type Signal, type Signals, SIGNALS, suits, type Validation } from '@evershelf/model';
import { coordinateAscent, qualityOf, type Sample } from './coordinateAscent.ts';

const WIDTH = SIGNALS.length;
const HAD = SIGNALS.indexOf('had');
/** What the context speaks for counts for an item, never against it. */
const FOR = new Set<Signal>(['deep', 'match', 'wide', 'pairs']);
const LEAST = SIGNALS.map((signal) => (FOR.has(signal) ? 0 : -Infinity));
/** A page fetches pairs for each of its items, so they stay out where they add less than this share of NDCG@20. */
const PAIRS = SIGNALS.indexOf('pairs');
const LEAST_GAIN_OF_PAIRS = 0.02;
/** Breaks the ties that one signal alone leaves, for a shopper without a history all of them, by what sells. */
const TIE_BREAK = { signal: SIGNALS.indexOf('live20'), weight: 1e-4 } as const;

/** Fitted weights, and their quality on samples that they were not fitted on. */
export interface Head {
  readonly weights: Signals;
  /** Null where there were no samples to tell. */
  readonly validation: Validation | null;
}

/**
 * Fits the weights of the model's signals for an intent. A fit on every other sample is first judged on the others: where a
 * single signal is ahead of it there, that signal is the head, its ties broken by what sells.
 *
 * @param samples signals in the order of `SIGNALS`
 */
export function fitHead(samples: readonly Sample[], intent: Intent): Head {
  const own = samples.flatMap((sample) => suited(sample, intent));
  const ascend = (some: readonly Sample[], left: number | undefined): Float64Array =>
    coordinateAscent(some, WIDTH, { least: LEAST, left });
  if (own.length < 2) return { weights: bySignal(ascend(own, PAIRS)), validation: null };
  const [fitted, judged] = [0, 1].map((part) => own.filter((_, k) => k % 2 === part));
  const [spare, full] = [PAIRS, undefined].map((left) => qualityOf(judged!, ascend(fitted!, left)));
  const [trial, left] =
    full!.ndcg > (1 + LEAST_GAIN_OF_PAIRS) * spare!.ndcg ? [full!, undefined] : [spare!, PAIRS];
  const alone = SIGNALS.map((_, signal) => (signal === left ? NOTHING : qualityOf(judged!, unit(signal))));
  const best = alone.reduce((top, { ndcg }, signal) => (ndcg > alone[top]!.ndcg ? signal : top), 0);
  const isAhead = trial.ndcg >= alone[best]!.ndcg;
  const { ndcg, recall } = isAhead ? trial : alone[best]!;
  return {
    weights: bySignal(isAhead ? ascend(own, left) : withoutTies(unit(best))),
    validation: {
      events: own.length,
      'recall@20': recall,
      'ndcg@20': ndcg,
      alone: bySignal(alone.map((each) => each.ndcg)),
    },
  };
}

const NOTHING = { fading: 0, ndcg: 0, recall: 0 };

/** Weights for whatever comes next, fitted in passing to find the candidates that they would lift. */
export function quickHead(samples: readonly Sample[]): Signals {
  return bySignal(coordinateAscent(samples, WIDTH, { least: LEAST, rounds: 4 }));
}

/** A sample as an intent sees it: without the candidates that do not suit, or not at all where the target does not. */
function suited(sample: Sample, intent: Intent): Sample[] {
  if (intent === 'mixed') return [sample];
  if (!suits(intent, sample[HAD] === 1)) return [];
  const kept = new Float32Array(sample.length);
  let end = 0;
  for (let at = 0; at < sample.length; at += WIDTH) {
    if (!suits(intent, sample[at + HAD] === 1)) continue;
    kept.set(sample.subarray(at, at + WIDTH), end);
    end += WIDTH;
  }
  return [kept.slice(0, end)];
}

/** One signal alone. */
function unit(signal: number): Float64Array {
  return Float64Array.from(SIGNALS, (_, each) => (each === signal ? 1 : 0));
}

function withoutTies(weights: Float64Array): Float64Array {
  const { signal, weight } = TIE_BREAK;
  return weights.map((each, s) => (s === signal && each === 0 ? weight : each));
}

function bySignal(values: ArrayLike<number>): Signals {
  return Object.fromEntries(SIGNALS.map((signal, s) => [signal, values[s]!])) as unknown as Signals;
}
