import { SIGNALS } from '@evershelf/model';
import { type Cooccurrence, cooccurrence } from '../edges/cooccurrence.ts';
import { contentEdges } from '../edges/contentEdges.ts';
import { cosineEdges, type CosineOptions } from '../edges/cosineEdges.ts';
import type { Groups } from '../edges/Groups.ts';
import { judgeMix } from '../edges/judgeMix.ts';
import { packMix } from '../edges/packMix.ts';
import { ridgeEdges } from '../edges/ridgeEdges.ts';
import { type AscentOptions, coordinateAscent, type Sample } from '../train/coordinateAscent.ts';
import { rankModel } from '../evaluate/rankModel.ts';
import type { ItemFeatures } from '../train/itemFeatures.ts';
import { passEvents } from '../train/Passed.ts';
import { readSamples } from '../train/readSamples.ts';
import { trainTower } from '../train/trainTower.ts';
import { collect } from './collect.ts';
import type { Range } from './slices.ts';

/** Says how far a job is. */
export type Tick = (done: number, of: number) => void;

/** What workers can do. Everything of a job is in its input, so that it gives the same on whatever thread it runs. */
const JOBS = {
  cosineEdges: (input: { groups: Groups; items: number; options: CosineOptions; range: Range }) =>
    cosineEdges(input.groups, input.items, input.options, input.range),
  cooccurrence: (input: { groups: Groups; items: number; halfLife: number; range: Range }) =>
    cooccurrence(input.groups, input.items, input.halfLife, input.range),
  ridgeEdges: (input: { together: Cooccurrence; lambda: number; range: Range }) =>
    ridgeEdges(input.together, input.lambda, input.range),
  contentEdges: (input: { features: ItemFeatures; groupOf: Uint32Array; range: Range }) =>
    contentEdges(input.features, input.groupOf, input.range),
  judgeMix,
  packMix,
  trainTower,
  passEvents,
  rankModel,
  readSamples,
  ascend: (input: { samples: readonly Sample[]; options: AscentOptions }) =>
    coordinateAscent(input.samples, SIGNALS.length, input.options),
} as const;

export type Jobs = typeof JOBS;

/** A job as it is sent. */
export interface Order {
  readonly job: keyof Jobs;
  readonly input: never;
  /** Where the job says how far it is: done, and of how much. */
  readonly ticks: Int32Array;
}

/** The worker's one function. */
export default function work({ job, input, ticks }: Order): unknown {
  const tick: Tick = (done, of) => {
    Atomics.store(ticks, 0, done);
    Atomics.store(ticks, 1, of);
  };
  // When the result is on its way.
  setImmediate(collect);
  return (JOBS[job] as (input: never, tick: Tick) => unknown)(input, tick);
}
