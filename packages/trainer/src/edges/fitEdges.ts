import type { Edges } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import type { SequenceItems } from '../read/sequenceItems.ts';
import { collect } from '../workers/collect.ts';
import { shared } from '../workers/shared.ts';
import { slices } from '../workers/slices.ts';
import type { Workers } from '../workers/Workers.ts';
import type { Cooccurrence } from './cooccurrence.ts';
import type { CosineOptions } from './cosineEdges.ts';
import { type Groups, groupsOf } from './Groups.ts';
import type { EdgeEstimates } from './packMix.ts';
import { joined, type SparseRows, transposed } from './SparseRows.ts';

/** How edges are estimated and read: chosen on validation. */
export interface EdgeRecipe {
  /** Share of the ridge estimate in the mix with the cosine's, 0..1. */
  readonly ridgeShare: number;
  /** Weight that a context item loses with each later moment. */
  readonly decay: number;
}

/** A power of 0.35 was ahead of 0.5 on the validation part of all four logs. */
export const COSINE: CosineOptions = { distanceDecay: 0.8, backward: 0.7, power: 0.35 };
const SHARES = [0, 1, 0.3, 0.6, 0.85];
/** Regularisation of the ridge regression: 30 was ahead of 150 on the validation part of three of four logs. */
const LAMBDA = 30;
/** Days after which a group counts half for the ridge regression: NDCG@20 + 1 % on Online Retail's validation part. */
export const HALF_LIFE = 120;
/** Parts that the items are estimated in; the workers take them in turn. */
const PARTS = 32;

type Progress = (done: number, of: number) => void;

/**
 * Chooses the recipe whose edges alone rank the events [fit, until) best: by NDCG@20 among all items, and among those new to
 * the shopper.
 *
 * @param order of the log's events by sequence
 * @param mean edges that are kept for an item on average
 * @returns the recipe, and the edges of the events before `fit` by it
 */
export async function chooseRecipe(
  workers: Workers,
  log: EventLog,
  order: SequenceItems,
  range: readonly [number, number],
  items: number,
  mean: number,
  progress: Progress,
): Promise<{ recipe: EdgeRecipe; edges: Edges }> {
  const of = 3 * PARTS + SHARES.length;
  let done = 0;
  const step = (): void => progress(++done, of);
  const groups = shared(groupsOf(log, range[0], items));
  const estimates = {
    cosine: await cosineOf(workers, groups, items, step),
    ridge: await ridgeOf(workers, groups, items, step),
  };
  collect();
  done = 3 * PARTS;
  const judged = await Promise.all(
    SHARES.map(async (ridgeShare) => {
      const mix = await workers.run('judgeMix', { log, order, range, estimates, ridgeShare, mean });
      step();
      return { ...mix, ridgeShare };
    }),
  );
  const { edges, ridgeShare, decay } = judged.reduce((best, mix) =>
    mix.quality > best.quality ? mix : best,
  );
  return { recipe: { ridgeShare, decay }, edges };
}

/** The edges of a log's first `until` events by a recipe, `mean` for an item on average. */
export async function edgesBy(
  workers: Workers,
  { ridgeShare }: EdgeRecipe,
  log: EventLog,
  until: number,
  items: number,
  mean: number,
  progress: Progress,
): Promise<Edges> {
  const of = (ridgeShare > 0 ? 2 : 0) * PARTS + (ridgeShare < 1 ? PARTS : 0) + 1;
  let done = 0;
  const step = (): void => progress(++done, of);
  const groups = shared(groupsOf(log, until, items));
  const estimates: EdgeEstimates = {
    ...(ridgeShare < 1 && { cosine: await cosineOf(workers, groups, items, step) }),
    ...(ridgeShare > 0 && { ridge: await ridgeOf(workers, groups, items, step) }),
  };
  const edges = await workers.run('packMix', { estimates, ridgeShare, mean });
  progress(of, of);
  return edges;
}

async function cosineOf(
  workers: Workers,
  groups: Groups,
  items: number,
  step: () => void,
): Promise<SparseRows> {
  const parts = slices(groups.byItem, PARTS).map(async (range) => {
    const rows = await workers.run('cosineEdges', { groups, items, options: COSINE, range });
    step();
    return rows;
  });
  return joined(await Promise.all(parts));
}

async function ridgeOf(
  workers: Workers,
  groups: Groups,
  items: number,
  step: () => void,
): Promise<SparseRows> {
  const together = await cooccurrenceOf(workers, groups, items, step);
  const rows = slices(together.pairs.start, PARTS).map(async (range) => {
    const part = await workers.run('ridgeEdges', { together, lambda: LAMBDA, range });
    step();
    return part;
  });
  return shared(transposed(joined(await Promise.all(rows))));
}

async function cooccurrenceOf(
  workers: Workers,
  groups: Groups,
  items: number,
  step: () => void,
): Promise<Cooccurrence> {
  const parts = await Promise.all(
    slices(groups.byItem, PARTS).map(async (range) => {
      const part = await workers.run('cooccurrence', { groups, items, halfLife: HALF_LIFE, range });
      step();
      return part;
    }),
  );
  const pairs = joined(parts.map((part) => part.pairs));
  const counts = Float64Array.from(parts.flatMap((part) => [...part.counts]));
  return shared({ pairs, counts });
}
