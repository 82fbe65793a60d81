import { type Intent, type Signals, SIGNALS, suits, type Validation } from '@evershelf/model';

const WIDTH = SIGNALS.length;
const HAD = SIGNALS.indexOf('had');
/** The list length that the weights are fitted for. */
const CUTOFF = 20;
/** Changes of a weight that are tried in turn, in standard deviations of its signal's own scale. */
const CHANGES = [2, 1, 0.5, 0.25, 0.1, 0.05, 0.02].flatMap((change) => [change, -change]);
const MAX_ROUNDS = 12;
/** The least gain in NDCG for which a weight is moved. */
const LEAST_GAIN = 1e-6;

/** Signals of a target (candidate 0) and of the candidates that it must outrank, candidates x signals. */
export type HeadSample = Float32Array;

/** Fitted weights, and their quality on samples that they were not fitted on. */
export interface Head {
  readonly weights: Signals;
  /** Null where there were no samples. */
  readonly validation: Validation | null;
}

/**
 * Fits the weights of the signals to NDCG@20 by coordinate ascent (Metzler and Croft 2007), from the best single signal on.
 * A fit on every other sample is first judged on the others: where a single signal is ahead of it there, that signal alone
 * is the head. Ties count against the target.
 */
export function fitHead(samples: readonly HeadSample[], intent: Intent): Head {
  const own = samples.flatMap((sample) => suited(sample, intent));
  const [fitted, judged] = [0, 1].map((part) => columnsOf(own.filter((_, k) => k % 2 === part)));
  const trial = ascend(fitted!);
  const quality = qualityOf(judged!, trial);
  const alone = SIGNALS.map((_, signal) => qualityOf(judged!, unit(signal)).ndcg);
  const best = alone.indexOf(Math.max(...alone));
  const isAhead = own.length < 2 || quality.ndcg >= alone[best]!;
  const chosen = isAhead ? quality : qualityOf(judged!, unit(best));
  return {
    weights: bySignal(isAhead ? ascend(columnsOf(own)) : unit(best)),
    validation:
      own.length < 2
        ? null
        : {
            events: own.length,
            'recall@20': chosen.recall,
            'ndcg@20': chosen.ndcg,
            alone: bySignal(alone),
          },
  };
}

/** A sample as an intent sees it: without the candidates that do not suit, or not at all where the target does not. */
function suited(sample: HeadSample, intent: Intent): HeadSample[] {
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

/** Samples by signal: those of sample k are values[signal][start[k]] to values[signal][start[k + 1] - 1]. */
interface Columns {
  readonly count: number;
  readonly start: Uint32Array;
  readonly values: readonly Float32Array[];
}

function columnsOf(samples: readonly HeadSample[]): Columns {
  const start = new Uint32Array(samples.length + 1);
  samples.forEach((sample, k) => (start[k + 1] = start[k]! + sample.length / WIDTH));
  const values = SIGNALS.map(() => new Float32Array(start[samples.length]!));
  samples.forEach((sample, k) => {
    for (let at = 0; at < sample.length; at++)
      values[at % WIDTH]![start[k]! + Math.floor(at / WIDTH)] = sample[at]!;
  });
  return { count: samples.length, start, values };
}

function ascend(columns: Columns): Float64Array {
  const scale = columns.values.map(deviation);
  const weights = new Float64Array(WIDTH);
  const scores = new Float64Array(columns.values[0]!.length);
  const move = (signal: number, change: number): void => {
    weights[signal] = weights[signal]! + change;
    const values = columns.values[signal]!;
    for (let c = 0; c < scores.length; c++) scores[c] = scores[c]! + change * values[c]!;
  };
  const tried = (signal: number, change: number): number => gain(columns, scores, signal, change).ndcg;

  const alone = SIGNALS.map((_, signal) => tried(signal, 1 / scale[signal]!));
  let best = Math.max(...alone);
  move(alone.indexOf(best), 1 / scale[alone.indexOf(best)]!);
  for (let round = 0, gained = true; gained && round < MAX_ROUNDS; round++) {
    gained = false;
    for (let signal = 0; signal < WIDTH; signal++) {
      const size = Math.max(1, Math.abs(weights[signal]! * scale[signal]!));
      const trials = CHANGES.map((change) => (change * size) / scale[signal]!).map((change) => ({
        change,
        ndcg: tried(signal, change),
      }));
      const top = trials.reduce((a, b) => (b.ndcg > a.ndcg ? b : a));
      if (top.ndcg <= best + LEAST_GAIN) continue;
      best = top.ndcg;
      move(signal, top.change);
      gained = true;
    }
  }
  return weights;
}

/** Mean NDCG@20 and Recall@20 of some scores, with `change` times one more signal. */
function gain(
  { count, start, values }: Columns,
  scores: Float64Array,
  signal: number,
  change: number,
): { ndcg: number; recall: number } {
  const added = values[signal]!;
  let ndcg = 0;
  let recall = 0;
  for (let k = 0; k < count; k++) {
    const first = start[k]!;
    const target = scores[first]! + change * added[first]!;
    let rank = 0;
    for (let c = first + 1; c < start[k + 1]! && rank < CUTOFF; c++)
      if (scores[c]! + change * added[c]! >= target) rank++;
    if (rank >= CUTOFF) continue;
    ndcg += 1 / Math.log2(rank + 2);
    recall++;
  }
  return { ndcg: ndcg / Math.max(1, count), recall: recall / Math.max(1, count) };
}

function qualityOf(columns: Columns, weights: Float64Array): { ndcg: number; recall: number } {
  const scores = new Float64Array(columns.values[0]!.length);
  weights.forEach((weight, signal) => {
    const values = columns.values[signal]!;
    if (weight !== 0) for (let c = 0; c < scores.length; c++) scores[c] = scores[c]! + weight * values[c]!;
  });
  return gain(columns, scores, 0, 0);
}

/** One signal alone. */
function unit(signal: number): Float64Array {
  return Float64Array.from(SIGNALS, (_, each) => (each === signal ? 1 : 0));
}

function bySignal(values: ArrayLike<number>): Signals {
  return Object.fromEntries(SIGNALS.map((signal, s) => [signal, values[s]!])) as unknown as Signals;
}

/** The standard deviation of a signal over all candidates; 1 where it never varies. */
function deviation(values: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const count = Math.max(1, values.length);
  const variance = squares / count - (sum / count) ** 2;
  return variance > 1e-12 ? Math.sqrt(variance) : 1;
}
