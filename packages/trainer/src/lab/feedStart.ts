import type { Item, Schema } from '@evershelf/model';
import { baselines } from '../evaluate/baselines.ts';
import { type Interval, intervalOf, resample } from '../evaluate/bootstrap.ts';
import { splitOf } from '../evaluate/evaluate.ts';
import { evershelf, scoredModel } from '../evaluate/evershelf.ts';
import { mean } from '../evaluate/mean.ts';
import { byMeasure, type Measure, MEASURES } from '../evaluate/measures.ts';
import type { Method } from '../evaluate/Method.ts';
import { popularity } from '../evaluate/popularity.ts';
import { methodOf, tuned } from '../evaluate/tuned.ts';
import type { EventLog } from '../read/EventLog.ts';
import { InputError } from '../read/InputError.ts';
import { contentModel } from '../train/contentModel.ts';
import { FEW_EVENTS, type TrainOptions } from '../train/options.ts';
import { type Progress, type TrainedModel, trainModel } from '../train/trainModel.ts';
import type { Workers } from '../workers/Workers.ts';
import { firstAt } from './firstAt.ts';
import { gainsOf } from './gainsOf.ts';
import { sampleEvents } from './sampleEvents.ts';
import { trainWindow } from './trainWindow.ts';

/** How long a shop has been open, in days. */
const OPEN_DAYS = [0, 1, 3, 7, 30] as const;

/** What shelves are worth beside these: nothing known, what sells, what is alike, and a model of all that came before. */
export const BESIDE = ['random', 'popularity', 'contentKnn', 'trained'] as const;
export type Beside = (typeof BESIDE)[number];

export type FeedQuality = Readonly<Record<Measure, Interval>>;

/** A shop some days after it opened. */
interface Opened {
  readonly days: number;
  /** What was heard since, on average over the openings. */
  readonly events: number;
  /** A model of the items alone, with the counters and pairs of these events. */
  readonly feed: FeedQuality;
  /** A model trained on these events, with the same; null where there are too few, or where it was left out. */
  readonly trained: FeedQuality | null;
}

export interface FeedStart {
  readonly protocol: {
    readonly sequence: 'session' | 'shopper';
    readonly events: number;
    readonly items: number;
    readonly cut: number;
    readonly openings: number;
    readonly judged: number;
    readonly seed: number;
    readonly intervals: string;
  };
  readonly opened: readonly Opened[];
  /** Null where it was left out. */
  readonly beside: Readonly<Record<Beside, FeedQuality | null>>;
}

const DAY = 86_400;
/** Events that are judged at most. */
const JUDGED = 2000;

export interface FeedStartOptions {
  /** Days that are judged, the shop opening before each of them. */
  readonly days: number;
  /** False to leave out all models that are trained, which take most of the time. */
  readonly trains: boolean;
}

/** A moment from which a day is judged. */
interface Opening {
  /** The first event of the day. */
  readonly at: number;
  /** Its events that have an earlier one of their history on that day. */
  readonly judged: readonly number[];
}

/**
 * A shop that opens with its feed alone, again and again over the last fifth of a log: judges a day's events by a model of the
 * items without any event before that day, then with the counters and pairs of one day before it, of three, and so on, beside models
 * that are trained on the same days, and beside what knows the whole training part. All are judged on the same events. The service
 * goes on hearing the day as it passes, and a history begins when the shop opens.
 *
 * @throws {InputError} where items have no attributes, or no event can be judged
 */
export async function feedStart(
  workers: Workers,
  log: EventLog,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  { days, trains }: FeedStartOptions,
  progress: Progress,
): Promise<FeedStart> {
  if (schema.length === 0) throw new InputError('found no attributes of items, wanted some (--items)');
  const split = splitOf(log);
  const { cut } = split;
  const openings = openingsOf(log, cut, days);
  const judgedInAll = openings.reduce((sum, { judged }) => sum + judged.length, 0);
  if (judgedInAll === 0)
    throw new InputError('found no day with two events of one history, wanted some to judge');
  // What never sold is no candidate, and would only stand in the way of edges.
  const sold = items.slice(0, log.itemIds.length);
  const content = await contentModel(workers, sold, schema, options, progress);
  const opened =
    (model: TrainedModel) =>
    (part: EventLog): Method =>
      evershelf(part, scoredModel(log, items, model, 'mixed'));
  /** The gains of a day's judged events by a method that begins with event `from`. */
  const gainsFrom = async (from: number, judged: readonly number[], make: (part: EventLog) => Method) => {
    const part = since(log, from);
    const own = judged.map((e) => e - from);
    const [gains] = await gainsOf(part, own, [make(part)], MEASURED, options.frequencyHalfLife, () => {});
    return gains!;
  };
  /** The gains of all openings, one after the other. */
  const judge = async (
    name: string,
    gainsAt: (opening: Opening) => Promise<Float64Array[]>,
  ): Promise<Float64Array[]> => {
    const parts: Float64Array[][] = [];
    for (const [k, opening] of openings.entries()) {
      parts.push(await gainsAt(opening));
      await progress(name, k + 1, openings.length, 'openings');
    }
    return MEASURES.map((_, c) => Float64Array.from(parts.flatMap((gains) => [...gains[c]!])));
  };

  const columns: Float64Array[][] = [];
  const heardBy: Omit<Opened, 'feed' | 'trained'>[] = [];
  const trainedOn: boolean[] = [];
  for (const open of OPEN_DAYS) {
    const fromOf = ({ at }: Opening): number =>
      open === 0 ? at : firstAt(log, log.time[at]! - open * DAY, at);
    const heard = openings.map((opening) => opening.at - fromOf(opening));
    heardBy.push({ days: open, events: Math.round(mean(Float64Array.from(heard))) });
    columns.push(
      await judge(`${open} days open`, (opening) =>
        gainsFrom(fromOf(opening), opening.judged, opened(content)),
      ),
    );
    const suffices = trains && Math.min(...heard) >= FEW_EVENTS;
    trainedOn.push(suffices);
    if (!suffices) continue;
    columns.push(
      await judge(`${open} days open, trained`, async (opening) => {
        const from = fromOf(opening);
        const range = [from, opening.at] as const;
        const { model } = await trainWindow(workers, log, range, items, schema, options, () => {});
        return await gainsFrom(from, opening.judged, opened(model));
      }),
    );
  }
  const all = trains
    ? await trainModel(workers, log, cut, items, schema, options, (stage, ...rest) =>
        progress(`trained, ${stage}`, ...rest),
      )
    : undefined;
  const knn = await tuned(
    log,
    split,
    baselines(log, items, schema).find(({ name }) => name === 'contentKnn')!,
    options.frequencyHalfLife,
    (done, of) => progress('tuning contentKnn', done, of, 'events'),
  );
  const still: Record<Exclude<Beside, 'trained'>, Method> = {
    random: { observe() {}, score: (_, out) => void out.fill(0) },
    popularity: { ...popularity(log, cut), observe() {} },
    contentKnn: methodOf(knn),
  };
  const judgedBeside = BESIDE.filter((name) => name !== 'trained' || all !== undefined);
  for (const name of judgedBeside)
    columns.push(
      name === 'trained'
        ? await gainsFrom(
            0,
            openings.flatMap(({ judged }) => judged),
            opened(all!),
          )
        : await judge(name, ({ at, judged }) => gainsFrom(at, judged, () => still[name])),
    );

  const resampled = resample(columns.flat(), options.seed);
  const qualities = columns.map((_, way) =>
    byMeasure((_measure, c) => intervalOf(resampled[way * MEASURES.length + c]!)),
  );
  let at = 0;
  return {
    protocol: {
      sequence: log.sequenceKind,
      events: log.count,
      items: log.itemIds.length,
      cut,
      openings: openings.length,
      judged: judgedInAll,
      seed: options.seed,
      intervals: '95 %, 1,000 bootstrap resamples of the judged events, the same ones for every way',
    },
    opened: heardBy.map((day, k) => {
      const feed = qualities[at++]!;
      return { ...day, feed, trained: trainedOn[k]! ? qualities[at++]! : null };
    }),
    beside: Object.fromEntries(
      BESIDE.map((name) => [name, judgedBeside.includes(name) ? qualities[at++]! : null]),
    ) as FeedStart['beside'],
  };
}

const MEASURED = MEASURES.map((measure) => ({ measure, first: 0 }));

/** Days over the last fifth of a log, in order; those without an event to judge are left out. */
function openingsOf(log: EventLog, cut: number, days: number): Opening[] {
  const firsts = Array.from({ length: days }, (_, k) => {
    const e = cut + Math.floor((k * (log.count - cut)) / days);
    return Math.max(cut, firstAt(log, log.time[e]!, e));
  });
  return [...new Set(firsts)]
    .map((at): Opening => {
      const until = firstAt(log, log.time[at]! + DAY, log.count);
      const judged = sampleEvents(since(log, at), [0, until - at], Math.ceil(JUDGED / days));
      return { at, judged: judged.map((e) => e + at) };
    })
    .filter(({ judged }) => judged.length > 0);
}

/** The events of a log from one on; items, sequences and sessions keep their numbers. */
function since(log: EventLog, from: number): EventLog {
  return {
    ...log,
    count: log.count - from,
    time: log.time.subarray(from),
    item: log.item.subarray(from),
    sequence: log.sequence.subarray(from),
    session: log.session.subarray(from),
    quantity: log.quantity.subarray(from),
    kind: log.kind.subarray(from),
  };
}
