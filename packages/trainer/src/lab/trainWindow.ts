import type { Item, Schema } from '@evershelf/model';
import { renumbered } from '../edges/renumbered.ts';
import { seconds } from '../evaluate/tuned.ts';
import type { EventLog } from '../read/EventLog.ts';
import { buildArtifact } from '../train/buildArtifact.ts';
import type { TrainOptions } from '../train/options.ts';
import { type Progress, type TrainedModel, trainModel } from '../train/trainModel.ts';
import { windowLog } from './windowLog.ts';
import type { Workers } from '../workers/Workers.ts';

/** What trainings took. */
export interface Cost {
  readonly trainings: number;
  /** Events in their windows. */
  readonly rows: number;
  readonly seconds: number;
  /** Of their artifacts, which hold every item that had come by then. */
  readonly bytes: number;
}

export interface WindowModel {
  /** Items are numbered as in the whole log. */
  readonly model: TrainedModel;
  readonly cost: Cost;
}

/** Trains on the events [from, until) of a log alone. */
export async function trainWindow(
  workers: Workers,
  log: EventLog,
  [from, until]: readonly [number, number],
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  progress: Progress,
): Promise<WindowModel> {
  const { log: part, numbers } = windowLog(log, [from, until]);
  const own = new Set(numbers);
  const arrived = new Set(log.item.subarray(0, until));
  const others = [...arrived].filter((number) => !own.has(number));
  const known = [...numbers, ...others].map((number) => items[number]!);
  const began = performance.now();
  const model = await trainModel(workers, part, part.count, known, schema, options, progress);
  const trainSeconds = seconds(began);
  const files = await buildArtifact(part, known, model, options);
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
  return {
    model: { ...model, edges: renumbered(model.edges, numbers, log.itemIds.length) },
    cost: { trainings: 1, rows: part.count, seconds: trainSeconds, bytes },
  };
}

/** The cost of several trainings together. */
export function costOf(all: readonly Cost[]): Cost {
  const sum = (part: keyof Cost): number => all.reduce((total, cost) => total + cost[part], 0);
  return {
    trainings: sum('trainings'),
    rows: sum('rows'),
    seconds: Math.round(1000 * sum('seconds')) / 1000,
    bytes: sum('bytes'),
  };
}

/** What the same trainings cost on average over seeds. */
export function meanCost(bySeed: readonly Cost[]): Cost {
  const { trainings, rows, seconds, bytes } = costOf(bySeed);
  const n = bySeed.length;
  return { trainings: trainings / n, rows: rows / n, seconds: seconds / n, bytes: Math.round(bytes / n) };
}
