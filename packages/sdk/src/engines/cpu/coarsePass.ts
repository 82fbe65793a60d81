import type { Ask } from '../Engine.ts';
import { countItems } from '../countItems.ts';
import { type Mask } from '../mask.ts';
import { candidates, LOWEST } from './candidates.ts';
import { type CoarsePrior, layPrior } from './coarsePrior.ts';
import { coarseError, coarseSteps, LARGEST } from './coarseSteps.ts';
import type { Kernels } from './kernels.ts';
import { BLOCK, LANES, type LoadedShop, type Run } from './shopMemory.ts';

/** A question, and the items that are looked for. */
export interface Search {
  readonly ask: Ask;
  readonly mask: Mask;
}

/** Items in front of the first look at the bar of one question, when it rises fast; twice as many in front of each next one. */
const FIRST_ITEMS = 128;

/**
 * Gives the items that may be among the k best of each question: those whose coarse score is near enough to the k-th best one.
 * The questions share a prior; they are one, or up to eight side by side. What it gives is to be read before the next call.
 */
export function coarsePass({ memory, run }: Kernels) {
  const pool = Array.from({ length: LANES }, candidates);
  let prior: CoarsePrior | undefined;

  return (loaded: LoadedShop, searches: readonly Search[]): Uint32Array[] => {
    const { at, shop, stride, runs, itemOf, placeOf, used } = loaded;
    const { count } = shop.index;
    const { dim } = shop.tables;
    const lanes = searches.length === 1 ? 1 : LANES;
    const byVectors = loaded.hasVectors;
    const error = coarseError(loaded.widest, dim, byVectors ? loaded.residual : 0);
    prior = layPrior(memory, loaded, searches[0]!.ask.prior, prior);

    const queries = new Int16Array(memory.buffer, at.query, lanes * Math.ceil(dim / 8) * 8).fill(0);
    const factors = new Float32Array(memory.buffer, at.factors, LANES).fill(0);
    const weights = new Int16Array(memory.buffer, at.weights, LANES).fill(0);
    const steps = searches.map(({ ask }) => coarseSteps(ask.query, loaded, prior!, error));
    steps.forEach(({ part, factor, weight }, c) => {
      factors[c] = factor;
      weights[c] = weight;
      const { vector } = searches[c]!.ask.query;
      if (part === 0) return;
      for (let d = 0; d < dim; d++)
        queries[((d >> 3) * lanes + c) * 8 + (d & 7)] = Math.round(vector[d]! / part);
    });

    const hasMatches = searches.some(({ ask }) => ask.query.matchRows.length > 0);
    const byRows = !byVectors || hasMatches;
    const buckets = new Int16Array(memory.buffer, at.buckets, used * lanes);
    const dots = lanes === 1 ? run.rows1 : run.rows8;
    const factor = lanes === 1 ? factors[0]! : at.factors;
    if (byVectors) dots(at.vectors, at.vectorScales, at.query, count, dim, factor, at.own);
    else dots(at.int8, at.scales, at.query, used, dim, factor, at.buckets);
    if (byVectors && hasMatches) buckets.fill(0);
    searches.forEach(({ ask: { query } }, c) => {
      const { step } = steps[c]!;
      for (let m = 0; m < query.matchRows.length; m++) {
        const place = placeOf[query.matchRows[m]!]!;
        if (place >= 0 && place < used && step > 0)
          buckets[place * lanes + c]! += Math.round(query.matchValues[m]! / step);
      }
    });

    const most = lanes === 1 && byRows ? run.largest(at.buckets, used) : 0;
    const lists = pool.slice(0, searches.length);
    const bars = new Int16Array(memory.buffer, at.bars, LANES).fill(LARGEST).fill(LOWEST, 0, lists.length);
    const places = new Uint32Array(memory.buffer, at.places, BLOCK);
    const scores = new Int16Array(memory.buffer, at.scores, BLOCK * lanes);
    /** Finds the items of a run that reach the bars, and writes them behind `before` others. @returns how many */
    const scan = ({ width, first, rows }: Run, from: number, n: number, before = 0): number =>
      (lanes === 1 ? run.scan1 : run.scan8)(
        at.buckets,
        rows + from * width * stride,
        byRows ? width : 0,
        stride,
        stride === 2 ? 0xffff : -1,
        at.prior + 2 * (first + from),
        lanes === 1 ? weights[0]! : at.weights,
        n,
        lanes === 1 ? bars[0]! : at.bars,
        first + from,
        at.places + 4 * before,
        at.scores + 2 * lanes * before,
        byVectors ? at.own + 2 * lanes * (first + from) : at.nothing,
        byVectors ? 2 * LANES : 0,
        most,
      );
    const take = (n: number): void => {
      for (let c = 0; c < lists.length; c++) lists[c]!.take(n, places, itemOf, scores, lanes, c);
    };

    /** Runs that were scanned, and the items that they gave. */
    let [done, found] = [0, 0];
    if (lanes > 1) {
      // All of the first block are scored to find the first bars; of them, as many count beyond k as the mask leaves out.
      const n = Math.min(count, BLOCK);
      const ks = new Int16Array(memory.buffer, at.ks, LANES).fill(0);
      searches.forEach(({ ask, mask }, c) => {
        ks[c] = Math.min(LARGEST, ask.k + n - countItems(mask.subarray(0, BLOCK / 32), n));
      });
      while (done < runs.length && runs[done]!.first < n)
        found += scan(runs[done]!, 0, runs[done++]!.n, found);
      found = run.best8(at.places, at.scores, found, at.ks, 2 * error, at.bars);
    }
    lists.forEach((list, c) => list.begin(searches[c]!.ask.k, 2 * error, searches[c]!.mask, bars[c]!));
    take(found);
    let size = lanes > 1 ? BLOCK : FIRST_ITEMS;
    for (const own of runs.slice(done)) {
      for (let from = 0; from < own.n; from += size, size = Math.min(2 * size, BLOCK)) {
        for (let c = 0; c < lists.length; c++) bars[c] = lists[c]!.bar();
        take(scan(own, from, Math.min(size, own.n - from)));
      }
    }
    return lists.map((list) => list.items());
  };
}
