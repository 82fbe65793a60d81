import type { EventLog } from '../read/EventLog.ts';
import { shared, unshared } from '../workers/shared.ts';
import type { Tick } from '../workers/job.ts';
import type { Range } from '../workers/slices.ts';
import type { ItemVariants } from './ItemVariants.ts';
import { negativesOf } from './negatives.ts';
import { seededRandom, shuffle } from './random.ts';
import { stepsOf } from './steps.ts';
import { newTables, type TowerTables, twoTower, type TwoTowerOptions } from './twoTower.ts';

/** Moments between two reports of progress. */
const SLICE = 1024;

/** What a part of the training of the two-tower needs. */
export interface TowerTraining {
  readonly log: EventLog;
  /** The log's events that may be looked at. */
  readonly end: number;
  /** Moments with their last event in this range are trained on; negatives are drawn from the events before its end. */
  readonly range: Range;
  readonly variants: ItemVariants;
  /** Rows of a table, a power of two, and the numbers in one. */
  readonly rows: number;
  readonly dim: number;
  readonly options: TwoTowerOptions;
  readonly epochs: number;
  readonly seed: number;
  /** Where an earlier part left them, to be moved on from; they are copied. Default is new ones. */
  readonly tables?: TowerTables;
}

/** Trains the two-tower on a part of a log. */
export function trainTower(training: TowerTraining, tick: Tick): TowerTables {
  const { log, end, range, variants, rows, dim, options, epochs, seed } = training;
  const random = seededRandom(seed);
  const tables =
    training.tables === undefined
      ? newTables(rows, dim, options.contextDecay, log.kinds.length, random)
      : shared(unshared(training.tables));
  const tower = twoTower(tables, variants, options, random);
  const negatives = negativesOf(log, range[1], variants.first.length - 1);
  const steps = stepsOf(log, end);
  const order = Uint32Array.from({ length: steps.count }, (_, m) => m).filter((m) => {
    const last = steps.events[steps.start[m + 1]! - 1]!;
    return last >= range[0] && last < range[1];
  });
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let at = 0; at < order.length; at += SLICE) {
      tower.train(log, negatives, steps, order.subarray(at, at + SLICE));
      tick(epoch * order.length + Math.min(at + SLICE, order.length), epochs * order.length);
    }
  }
  tower.save();
  return tables;
}
