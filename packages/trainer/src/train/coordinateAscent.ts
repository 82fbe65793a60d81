/** The list length that the weights are fitted for. */
const CUTOFF = 20;
/** Changes of a weight that are tried in turn, in standard deviations of its signal's own scale. */
const CHANGES = [2, 1, 0.5, 0.25, 0.1, 0.05, 0.02].flatMap((change) => [change, -change]);
const MAX_ROUNDS = 12;
/** The least gain in NDCG for which a weight is moved. */
const LEAST_GAIN = 1e-6;

/** Signals of a target (candidate 0) and of the candidates that it must outrank, candidates x signals. */
export type Sample = Float32Array;

/** Fitted weights and their quality on the samples, where the target is ranked among the sample's candidates. */
export interface Fitted {
  /** One a signal. */
  readonly weights: Float64Array;
  readonly 'recall@20': number;
  readonly 'ndcg@20': number;
  /** NDCG@20 of each signal by itself. */
  readonly alone: Float64Array;
}

/**
 * Fits the weights of some signals to NDCG@20 by coordinate ascent (Metzler and Croft 2007), from the best single signal
 * on. Ties count against the target.
 *
 * @param width the number of signals
 * @param least no weight falls below it
 */
export function coordinateAscent(samples: readonly Sample[], width: number, least = -Infinity): Fitted {
  const scale = deviations(samples, width);
  const weights = new Float64Array(width);
  const scores = samples.map((sample) => new Float64Array(sample.length / width));
  const evaluate = (signal: number, change: number): { ndcg: number; recall: number } => {
    let ndcg = 0;
    let recall = 0;
    samples.forEach((sample, k) => {
      const held = scores[k]!;
      const target = held[0]! + change * sample[signal]!;
      let rank = 0;
      for (let c = 1, at = width + signal; c < held.length && rank < CUTOFF; c++, at += width) {
        if (held[c]! + change * sample[at]! >= target) rank++;
      }
      if (rank < CUTOFF) {
        ndcg += 1 / Math.log2(rank + 2);
        recall++;
      }
    });
    return { ndcg: ndcg / Math.max(1, samples.length), recall: recall / Math.max(1, samples.length) };
  };
  const move = (signal: number, change: number): void => {
    weights[signal] = weights[signal]! + change;
    samples.forEach((sample, k) => {
      const held = scores[k]!;
      for (let c = 0, at = signal; c < held.length; c++, at += width)
        held[c] = held[c]! + change * sample[at]!;
    });
  };

  const alone = Float64Array.from(
    { length: width },
    (_, signal) => evaluate(signal, 1 / scale[signal]!).ndcg,
  );
  let best = Math.max(...alone);
  move(alone.indexOf(best), 1 / scale[alone.indexOf(best)]!);
  for (let round = 0, gained = true; gained && round < MAX_ROUNDS; round++) {
    gained = false;
    for (let signal = 0; signal < width; signal++) {
      const size = Math.max(1, Math.abs(weights[signal]! * scale[signal]!));
      const changes = CHANGES.map((change) => (change * size) / scale[signal]!);
      const trials = changes
        .filter((change) => weights[signal]! + change >= least)
        .map((change) => ({ change, ndcg: evaluate(signal, change).ndcg }));
      const top = trials.reduce((a, b) => (b.ndcg > a.ndcg ? b : a));
      if (top.ndcg <= best + LEAST_GAIN) continue;
      best = top.ndcg;
      move(signal, top.change);
      gained = true;
    }
  }
  const { ndcg, recall } = evaluate(0, 0);
  return { weights, 'recall@20': recall, 'ndcg@20': ndcg, alone };
}

/** The standard deviation of each signal over all candidates; 1 where a signal never varies. */
function deviations(samples: readonly Sample[], width: number): Float64Array {
  const sum = new Float64Array(width);
  const squares = new Float64Array(width);
  let count = 0;
  for (const sample of samples) {
    for (let at = 0; at < sample.length; at++) {
      sum[at % width] = sum[at % width]! + sample[at]!;
      squares[at % width] = squares[at % width]! + sample[at]! ** 2;
    }
    count += sample.length / width;
  }
  return sum.map((total, s) => {
    const variance = squares[s]! / Math.max(1, count) - (total / Math.max(1, count)) ** 2;
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
}
