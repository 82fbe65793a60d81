import { type Edges, MAX_CONTEXT } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import type { SequenceItems } from '../read/sequenceItems.ts';
import { histories } from '../train/Histories.ts';
import { type EdgeEstimates, packMix } from './packMix.ts';

const DECAYS = [0, 0.3, 0.5, 0.8, 1];
/** Events that a recipe is judged on. */
const JUDGED = 600;
const CUTOFF = 20;

/** One validation event. */
interface Case {
  readonly context: readonly { item: number; age: number }[];
  readonly target: number;
  /** What the running session had, and where the target is new to the shopper, what the shopper had. */
  readonly session: readonly number[];
  readonly had: readonly number[] | undefined;
}

/** The edges of a mix, and the decay by which they alone rank a log's validation part best. */
export interface JudgedMix {
  readonly edges: Edges;
  readonly decay: number;
  /** NDCG@20 among all items plus that among those new to the shopper. */
  readonly quality: number;
}

/**
 * Judges the edges of a mix alone on the events [fit, until), with every decay.
 *
 * @param order of the log's events by sequence
 * @param mean edges that are kept for an item on average
 */
export function judgeMix({
  log,
  order,
  range: [fit, until],
  estimates,
  ridgeShare,
  mean,
}: {
  log: EventLog;
  order: SequenceItems;
  range: readonly [number, number];
  estimates: EdgeEstimates;
  ridgeShare: number;
  mean: number;
}): JudgedMix {
  const edges = packMix({ estimates, ridgeShare, mean });
  const judge = judgeOf(casesOf(log, order, fit, until), edges.scale.length);
  return DECAYS.map((decay) => ({ edges, decay, quality: judge(edges, decay) })).reduce((best, each) =>
    each.quality > best.quality ? each : best,
  );
}

function casesOf(log: EventLog, order: SequenceItems, fit: number, until: number): Case[] {
  const every = Math.max(1, Math.floor((until - fit) / JUDGED));
  const past = histories(log, 1, fit, order);
  const cases: Case[] = [];
  for (let e = fit; e < until; e++) {
    const sequence = log.sequence[e]!;
    if ((e - fit) % every === 0 && past.size(sequence) > 0) {
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
