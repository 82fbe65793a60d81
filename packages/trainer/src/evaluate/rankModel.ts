import type { EventLog } from '../read/EventLog.ts';
import type { Tick } from '../workers/job.ts';
import { evenly, type Range } from '../workers/slices.ts';
import type { Workers } from '../workers/Workers.ts';
import { evershelf, LIVE_EVERY, type ScoredModel } from './evershelf.ts';
import type { Judging } from './judge.ts';
import { joinedColumns, rankEvents, type Ranks } from './rankEvents.ts';

/** What it takes to rank judged events by a trained model. */
export interface ModelRanking {
  readonly log: EventLog;
  readonly judging: Judging;
  /** All judged events, and the range of those that are ranked. */
  readonly events: Uint32Array;
  readonly range: Range;
  readonly model: ScoredModel;
  readonly frequencyHalfLife: number;
}

/** Ranks judged events in this thread. */
export async function rankModel(ranking: ModelRanking, tick: Tick): Promise<Ranks> {
  const { log, judging, events, range, model, frequencyHalfLife } = ranking;
  const methods = [evershelf(log, model)];
  const [ranks] = await rankEvents(log, judging, events, range, methods, frequencyHalfLife, tick);
  return ranks!;
}

/** Ranks all judged events, each worker a part of them. The parts begin with a refresh of the live signals. */
export async function rankInParts(
  workers: Workers,
  ranking: Omit<ModelRanking, 'range'>,
  progress: Tick,
): Promise<Ranks> {
  const all = ranking.events.length;
  const done = new Float64Array(workers.threads);
  const parts = evenly([0, Math.ceil(all / LIVE_EVERY)], workers.threads).map(([from, to], part) =>
    workers.run(
      'rankModel',
      { ...ranking, range: [from * LIVE_EVERY, Math.min(to * LIVE_EVERY, all)] },
      (events) => {
        done[part] = events;
        progress(
          done.reduce((sum, each) => sum + each, 0),
          all,
        );
      },
    ),
  );
  const ranks = await Promise.all(parts);
  const joined = (column: keyof Ranks): Uint32Array => joinedColumns(ranks.map((part) => part[column]));
  return { all: joined('all'), unknown: joined('unknown'), fresh: joined('fresh'), lists: joined('lists') };
}
