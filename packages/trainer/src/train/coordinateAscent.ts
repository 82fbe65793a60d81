/** How a fit may be held. */
export interface AscentOptions {
  /** No weight of a signal falls below this; default -Infinity for all. */
  readonly least?: ArrayLike<number>;
  /** Weights to go on from; default is the best single signal. */
  readonly from?: Float64Array | undefined;
  /** Signals whose weights stay 0. */
  readonly left?: readonly number[];
  /** Times that every weight is tried; default 12. */
  readonly rounds?: number;
}

/** The list length of NDCG and recall. */
const CUTOFF = 20;
/** Weights are fitted to an NDCG whose gain fades out to 0 at this rank: one with a cut-off says nothing of the targets behind it. */
const FADE = 40;
/** Changes of a weight that are tried in turn, in standard deviations of its signal's own scale. */
const CHANGES = [2, 1, 0.5, 0.25, 0.1, 0.05, 0.02].flatMap((change) => [change, -change]);
/** The least gain for which a weight is moved. */
const LEAST_GAIN = 1e-6;

/** A target and candidates that it must outrank. */
export interface Sample {
  /** candidates x signals; the target is candidate 0. */
  readonly values: Float32Array;
  /** How many of the first candidates, the target included, are there for what they are; the others were drawn at random. */
  readonly chosen: number;
  /** How many items of the catalogue each of the others stands for. */
  readonly stands: number;
}

/** How targets rank among the candidates of their samples, on average. */
export interface RankQuality {
  /** What weights are fitted to: NDCG with the gain (1 - rank / 40) / log2(rank + 2) of ranks 0 to 39. */
  readonly fading: number;
  readonly ndcg: number;
  readonly recall: number;
}

/**
 * Fits the weights of some signals to a fading NDCG by coordinate ascent (Metzler and Croft 2007). Ties count against the target.
 *
 * @param width the number of signals
 * @returns a weight for each signal
 */
export function coordinateAscent(
  samples: readonly Sample[],
  width: number,
  { from, least, left = [], rounds = 12 }: AscentOptions = {},
): Float64Array {
  const columns = columnsOf(samples, width);
  const scale = columns.values.map(deviation);
  const weights = new Float64Array(width);
  const scores = new Float64Array(columns.values[0]!.length);
  const move = (signal: number, change: number): void => {
    weights[signal] = weights[signal]! + change;
    const values = columns.values[signal]!;
    for (let c = 0; c < scores.length; c++) scores[c] = scores[c]! + change * values[c]!;
  };
  const tried = (signal: number, change: number): number =>
    rankQuality(columns, scores, columns.values[signal]!, change).fading;

  const bestSignal = (): Float64Array => {
    const alone = scale.map((size, signal) => (left.includes(signal) ? -1 : tried(signal, 1 / size)));
    const top = alone.indexOf(Math.max(...alone));
    return Float64Array.from(scale, (size, signal) => (signal === top ? 1 / size : 0));
  };
  (from ?? bestSignal()).forEach((weight, signal) => {
    if (weight !== 0 && !left.includes(signal)) move(signal, weight);
  });
  let best = tried(0, 0);
  for (let round = 0, gained = true; gained && round < rounds; round++) {
    gained = false;
    for (let signal = 0; signal < width; signal++) {
      if (left.includes(signal)) continue;
      const size = Math.max(1, Math.abs(weights[signal]! * scale[signal]!));
      const changes = CHANGES.map((change) => (change * size) / scale[signal]!);
      const trials = changes
        .filter((change) => weights[signal]! + change >= (least?.[signal] ?? -Infinity))
        .map((change) => ({ change, gain: tried(signal, change) }));
      const top = trials.reduce((a, b) => (b.gain > a.gain ? b : a), { change: 0, gain: best });
      if (top.gain <= best + LEAST_GAIN) continue;
      best = top.gain;
      move(signal, top.change);
      gained = true;
    }
  }
  return weights;
}

/** The quality of each of some weights, one a signal, on samples. */
export function qualitiesOf(samples: readonly Sample[], all: readonly Float64Array[]): RankQuality[] {
  const width = all[0]!.length;
  const layout = layoutOf(samples, width);
  const scores = new Float64Array(layout.start[samples.length]!);
  return all.map((weights) => {
    const heard = Array.from(weights.keys()).filter((signal) => weights[signal] !== 0);
    samples.forEach(({ values }, k) => {
      for (let at = 0, c = layout.start[k]!; at < values.length; at += width) {
        let sum = 0;
        for (const signal of heard) sum += weights[signal]! * values[at + signal]!;
        scores[c++] = sum;
      }
    });
    return rankQuality(layout, scores, scores, 0);
  });
}

/**
 * The candidates of samples in one row: those of sample k are start[k] to start[k + 1] - 1, from drawn[k] on those that stand for
 * stands[k] items each.
 */
interface Layout {
  readonly start: Uint32Array;
  readonly drawn: Uint32Array;
  readonly stands: Float64Array;
}

/** Candidates with their signals, values[signal][candidate]. */
interface Columns extends Layout {
  readonly values: readonly Float32Array[];
}

function layoutOf(samples: readonly Sample[], width: number): Layout {
  const start = new Uint32Array(samples.length + 1);
  samples.forEach((sample, k) => (start[k + 1] = start[k]! + sample.values.length / width));
  const drawn = Uint32Array.from(samples, ({ chosen }, k) => start[k]! + chosen);
  return { start, drawn, stands: Float64Array.from(samples, (sample) => sample.stands) };
}

function columnsOf(samples: readonly Sample[], width: number): Columns {
  const layout = layoutOf(samples, width);
  const { start } = layout;
  const values = Array.from({ length: width }, () => new Float32Array(start[samples.length]!));
  samples.forEach((sample, k) => {
    for (let at = 0, c = start[k]!; at < sample.values.length; c++)
      for (let signal = 0; signal < width; signal++) values[signal]![c] = sample.values[at++]!;
  });
  return { ...layout, values };
}

/**
 * The quality of scores with `change` times one more signal. A rank is that in the whole catalogue, as far as the candidates
 * tell: one that was drawn at random counts for all the items that it stands for.
 */
function rankQuality(
  { start, drawn, stands }: Layout,
  scores: Float64Array,
  added: Float32Array | Float64Array,
  change: number,
): RankQuality {
  const count = start.length - 1;
  let fading = 0;
  let ndcg = 0;
  let recall = 0;
  for (let k = 0; k < count; k++) {
    const first = start[k]!;
    const [chosen, end] = [drawn[k]!, start[k + 1]!];
    const target = scores[first]! + change * added[first]!;
    let rank = 0;
    for (let c = first + 1; c < chosen && rank < FADE; c++)
      if (scores[c]! + change * added[c]! >= target) rank++;
    for (let c = chosen; c < end && rank < FADE; c++)
      if (scores[c]! + change * added[c]! >= target) rank += stands[k]!;
    if (rank >= FADE) continue;
    const gain = 1 / Math.log2(rank + 2);
    fading += (1 - rank / FADE) * gain;
    if (rank >= CUTOFF) continue;
    ndcg += gain;
    recall++;
  }
  const mean = (sum: number): number => sum / Math.max(1, count);
  return { fading: mean(fading), ndcg: mean(ndcg), recall: mean(recall) };
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
