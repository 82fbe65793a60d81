import { type Edges, MAX_CONTEXT } from '@evershelf/model';
import { histories } from '../train/Histories.ts';
import type { EventLog } from '../read/EventLog.ts';
import { cooccurrence } from './cooccurrence.ts';
import { cosineEdges, type CosineOptions } from './cosineEdges.ts';
import { groupsOf } from './Groups.ts';
import { mixEdges } from './mixEdges.ts';
import { packEdges } from './packEdges.ts';
import { ridgeEdges } from './ridgeEdges.ts';
import type { SparseRows } from './SparseRows.ts';

/** How edges are estimated and read: chosen on validation. */
export interface EdgeRecipe {
  /** Share of the ridge estimate in the mix with the cosine's, 0..1. */
  readonly ridgeShare: number;
  /** Weight that a context item loses with each later moment. */
  readonly decay: number;
}

/** A power of 0.35 was ahead of 0.5 on the validation part of all four logs. */
const COSINE: CosineOptions = { distanceDecay: 0.8, backward: 0.7, power: 0.35 };
const SHARES = [0.3, 0.6, 0.85];
const DECAYS = [0, 0.3, 0.5, 0.8, 1];
/** Regularisation of the ridge regression: 30 was ahead of 150 on the validation part of three of four logs. */
const LAMBDA = 30;
/** Days after which a group counts half for the ridge regression: NDCG@20 + 1 % on Online Retail's validation part. */
const HALF_LIFE = 120;
/** Events that a recipe is judged on. */
const JUDGED = 600;
const CUTOFF = 20;

type Progress = (done: number, of: number) => void | Promise<void>;

/** One validation event. */
interface Case {
  readonly context: readonly { item: number; age: number }[];
  readonly target: number;
  /** What the running session had, and where the target is new to the shopper, what the shopper had. */
  readonly session: readonly number[];
  readonly had: readonly number[] | undefined;
}

/**
 * Chooses the recipe whose edges alone rank the events [fit, until) best: by NDCG@20 among all items, and among those new to
 * the shopper.
 *
 * @returns the recipe, and the edges of the events before `fit` by it
 */
export async function chooseRecipe(
  log: EventLog,
  [fit, until]: readonly [number, number],
  items: number,
  progress: Progress,
): Promise<{ recipe: EdgeRecipe; edges: Edges }> {
  const groups = groupsOf(log, fit, items);
  const judge = judgeOf(casesOf(log, fit, until), items);
  let best: { recipe: EdgeRecipe; edges: Edges; quality: number } | undefined;
  let done = 0;
  const consider = async (rows: SparseRows, ridgeShare: number): Promise<void> => {
    const edges = packEdges(rows);
    for (const decay of DECAYS) {
      const quality = judge(edges, decay);
      if (best === undefined || quality > best.quality)
        best = { recipe: { ridgeShare, decay }, edges, quality };
    }
    await progress(++done, 2 + SHARES.length);
  };
  const cosine = cosineEdges(groups, items, COSINE);
  await consider(cosine, 0);
  const ridge = ridgeEdges(cooccurrence(groups, items, HALF_LIFE), LAMBDA);
  await consider(ridge, 1);
  for (const share of SHARES) await consider(mixEdges(ridge, cosine, share), share);
  return best!;
}

/** The edges of a log's first `until` events by a recipe. */
export function edgesBy({ ridgeShare }: EdgeRecipe, log: EventLog, until: number, items: number): Edges {
  const groups = groupsOf(log, until, items);
  const ridge = (): SparseRows => ridgeEdges(cooccurrence(groups, items, HALF_LIFE), LAMBDA);
  if (ridgeShare === 1) return packEdges(ridge());
  const cosines = cosineEdges(groups, items, COSINE);
  return packEdges(ridgeShare === 0 ? cosines : mixEdges(ridge(), cosines, ridgeShare));
}

function casesOf(log: EventLog, fit: number, until: number): Case[] {
  const every = Math.max(1, Math.floor((until - fit) / JUDGED));
  const past = histories(log, 1);
  const cases: Case[] = [];
  for (let e = 0; e < until; e++) {
    const sequence = log.sequence[e]!;
    if (e >= fit && (e - fit) % every === 0 && past.size(sequence) > 0) {
      const personal = past.personal(sequence, log.time[e]!, log.session[e]!);
      const target = log.item[e]!;
      cases.push({
        context: past.latest(sequence, MAX_CONTEXT),
        target,
        session: personal.filter(({ inSession }) => inSession).map(({ index }) => index),
        had: past.had(sequence, target) ? undefined : personal.map(({ index }) => index),
      });
    }
    past.add(e);
  }
  return cases;
}

/** A judge of edges: mean NDCG@20 of the cases, and of those with a new target, everything had left out. */
function judgeOf(cases: readonly Case[], items: number): (edges: Edges, decay: number) => number {
  const scores = new Float32Array(items);
  const touched = new Uint32Array(items);
  const novel = cases.filter(({ had }) => had !== undefined).length;
  return ({ start, to, weight, scale }, decay) => {
    let all = 0;
    let discover = 0;
    for (const { context, target, session, had } of cases) {
      let size = 0;
      for (const { item, age } of context) {
        const factor = decay ** age * scale[item]!;
        if (factor === 0) continue;
        for (let k = start[item]!; k < start[item + 1]!; k++) {
          if (scores[to[k]!] === 0) touched[size++] = to[k]!;
          scores[to[k]!] = scores[to[k]!]! + factor * weight[k]!;
        }
      }
      const gain = (without: readonly number[]): number => {
        for (const item of without) if (item !== target) scores[item] = 0;
        const bar = scores[target]!;
        if (bar <= 0) return 0;
        let rank = -1;
        for (let k = 0; k < size; k++) if (scores[touched[k]!]! >= bar) rank++;
        return rank < CUTOFF ? 1 / Math.log2(rank + 2) : 0;
      };
      all += gain(session);
      if (had !== undefined) discover += gain(had);
      for (let k = 0; k < size; k++) scores[touched[k]!] = 0;
    }
    return all / Math.max(1, cases.length) + discover / Math.max(1, novel);
  };
}
