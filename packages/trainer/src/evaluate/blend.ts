import type { EventLog } from '../read/EventLog.ts';
import { coordinateAscent, qualitiesOf, type Sample } from '../train/coordinateAscent.ts';
import { seededRandom } from '../train/random.ts';
import { topIndices } from '../train/topIndices.ts';
import { judge } from './judge.ts';
import type { Method, Moment } from './Method.ts';
import { isPushed, PUSH_DOWN, type PushDown } from './pushDown.ts';
import type { Remembered } from './remembered.ts';
import { type Split, type Tuned, validation } from './tuned.ts';

/** Candidates that a target must outrank: the best by each method, by the sum of all, and some at random. */
const BEST = 50;
const BEST_BY_SUM = 100;
const AT_RANDOM = 150;
/** What a method's score enters as, once divided by its best: itself, and its root, which lifts the runners-up. */
const FORMS = 2;

/** Two weights a method. */
export type BlendWeights = ArrayLike<number>;

/**
 * A weighted sum of methods, each score as a share of the method's best score for the moment, negative ones as 0.
 */
export function blend(methods: readonly Remembered[], weights: BlendWeights): Method {
  return {
    observe(e) {
      for (const method of methods) method.observe(e);
    },
    score(moment, out) {
      out.fill(0);
      methods.forEach((method, m) => {
        const [plain, root] = [weights[FORMS * m]!, weights[FORMS * m + 1]!];
        if (plain !== 0 || root !== 0) addShares(method.scores(moment), plain, root, out);
      });
    },
  };
}

/** Adds plain x share + root x share^0.5 to every item. */
function addShares(scores: Float32Array, plain: number, root: number, out: Float32Array): void {
  const factor = 1 / best(scores);
  for (let i = 0; i < scores.length; i++) {
    const share = scores[i]! * factor;
    if (share > 0) out[i] = out[i]! + plain * share + root * Math.sqrt(share);
  }
}

/** The largest score, or something tiny where none is above 0. */
function best(scores: Float32Array): number {
  let found = Number.MIN_VALUE * 1e30;
  for (let i = 0; i < scores.length; i++) if (scores[i]! > found) found = scores[i]!;
  return found;
}

/** Fits the weights of the tuned baselines to NDCG@20 on the validation part, and chooses what is pushed down. */
export async function fitBlend(
  log: EventLog,
  split: Split,
  baselines: readonly Tuned[],
  frequencyHalfLife: number,
  seed: number,
  progress: (done: number, of: number) => void | Promise<void>,
): Promise<{ weights: Float64Array; push: PushDown }> {
  const methods = baselines.map(({ early }) => early());
  const width = FORMS * methods.length;
  const sum = blend(methods, new Float64Array(width).fill(1));
  const random = seededRandom(seed);
  const samples = PUSH_DOWN.map((): Sample[] => []);
  let events = 0;
  const take = (moment: Moment, summed: Float32Array, target: number): void => {
    events++;
    const candidates = new Set([target, ...moment.personal.map(({ index }) => index)]);
    for (const method of methods) topIndices(method.scores(moment), BEST).forEach((i) => candidates.add(i));
    topIndices(summed, BEST_BY_SUM).forEach((i) => candidates.add(i));
    const chosen = candidates.size;
    for (let k = 0; k < AT_RANDOM; k++) candidates.add(Math.floor(random() * summed.length));
    const stands = (summed.length - chosen) / Math.max(1, candidates.size - chosen);
    const factors = methods.map((method) => 1 / best(method.scores(moment)));
    PUSH_DOWN.forEach((push, p) => {
      const pushed = new Set(
        moment.personal.filter((item) => isPushed(push, item)).map(({ index }) => index),
      );
      if (pushed.has(target)) return;
      const all = [...candidates];
      const kept = all.filter((item) => !pushed.has(item));
      const values = new Float32Array(kept.length * width);
      kept.forEach((item, c) =>
        methods.forEach((method, m) => {
          const share = Math.max(0, method.scores(moment)[item]! * factors[m]!);
          values[c * width + FORMS * m] = share;
          values[c * width + FORMS * m + 1] = Math.sqrt(share);
        }),
      );
      const keptChosen = all.slice(0, chosen).filter((item) => !pushed.has(item)).length;
      samples[p]!.push({ values, chosen: keptChosen, stands });
    });
  };
  // A method that learns each target from the event that passes after it was asked.
  let asked: Moment | undefined;
  const summed = new Float32Array(log.itemIds.length);
  const listener: Method = {
    score(moment, out) {
      asked = moment;
      sum.score(moment, summed);
      out.fill(0);
    },
    observe(e) {
      if (asked !== undefined) take(asked, summed, log.item[e]!);
      asked = undefined;
      sum.observe(e);
    },
  };
  await judge(log, validation(split), [listener], frequencyHalfLife, progress);
  // An event whose target is pushed down is lost.
  const fits = samples.map((own) => coordinateAscent(own, width, { least: new Float64Array(width) }));
  const quality = fits.map(
    (weights, k) => (qualitiesOf(samples[k]!, [weights])[0]!.ndcg * samples[k]!.length) / events,
  );
  const chosen = quality.indexOf(Math.max(...quality));
  return { weights: fits[chosen]!, push: PUSH_DOWN[chosen]! };
}
