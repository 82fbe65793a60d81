import type { Item, Schema } from '@evershelf/model';
import { baselines } from '../evaluate/baselines.ts';
import { type Interval, intervalOf, resample } from '../evaluate/bootstrap.ts';
import { splitOf } from '../evaluate/evaluate.ts';
import { evershelf, scoredModel } from '../evaluate/evershelf.ts';
import { byMeasure, type Measure, MEASURES } from '../evaluate/measures.ts';
import type { Method } from '../evaluate/Method.ts';
import { popularity } from '../evaluate/popularity.ts';
import { methodOf, tuned } from '../evaluate/tuned.ts';
import type { EventLog } from '../read/EventLog.ts';
import { InputError } from '../read/InputError.ts';
import { contentModel } from '../train/contentModel.ts';
import type { TrainOptions } from '../train/options.ts';
import { type Progress, type TrainedModel, trainModel } from '../train/trainModel.ts';
import type { Workers } from '../workers/Workers.ts';
import { gainsOf } from './gainsOf.ts';
import { sampleEvents } from './sampleEvents.ts';
import { trainWindow } from './trainWindow.ts';

/** How long a shop has been open, in days; null since the log begins. */
const OPEN_DAYS = [0, 1, 3, 7, 30, null] as const;
type OpenDays = (typeof OPEN_DAYS)[number];

/** What shelves are worth beside these: nothing known, what sells, what is alike, and a model of all that there is. */
export const BESIDE = ['random', 'popularity', 'contentKnn', 'trained'] as const;
type Beside = (typeof BESIDE)[number];

export type FeedQuality = Readonly<Record<Measure, Interval>>;

/** A shop some days after it opened. */
interface Opened {
  readonly days: OpenDays;
  /** What was heard since. */
  readonly events: number;
  /** A model of the items alone, with the counters and pairs of these events. */
  readonly feed: FeedQuality;
  /** A model trained on these events, with the same; null where there are too few. */
  readonly trained: FeedQuality | null;
}

export interface FeedStart {
  readonly protocol: {
    readonly sequence: 'session' | 'shopper';
    readonly events: number;
    readonly items: number;
    readonly cut: number;
    readonly judged: number;
    /** Days after the cut that judged events are of. */
    readonly judgedDays: number;
    readonly seed: number;
    readonly intervals: string;
  };
  readonly opened: readonly Opened[];
  readonly beside: Readonly<Record<Beside, FeedQuality>>;
}

const DAY = 86_400;
/** Judged events, and how many there are at least before no more days are judged. */
const JUDGED = { most: 4000, least: 1000 };
const JUDGED_DAYS = 30;
/** Fewer events than this are not trained on. */
const LEAST_EVENTS = 50;

/**
 * A shop that opens with its feed alone: judges a model of the items without any event, then with the counters and pairs of one
 * day's events, of three, and so on, beside models that are trained on the same days, and beside what knows the whole training
 * part. All are judged on the same events after the cut, of which the service hears nothing. A history begins when the shop
 * opens.
 *
 * @throws {InputError} where items have no attributes
 */
export async function feedStart(
  workers: Workers,
  log: EventLog,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  progress: Progress,
): Promise<FeedStart> {
  if (schema.length === 0) throw new InputError('found no attributes of items, wanted some (--items)');
  const split = splitOf(log);
  const { cut } = split;
  const { judged, days } = judgedEvents(log, cut);
  const content = await contentModel(workers, items, schema, options, progress);
  const measured = MEASURES.map((measure) => ({ measure, first: 0 }));
  const judge = async (
    name: string,
    from: number,
    method: (part: EventLog) => Method,
  ): Promise<Float64Array[]> => {
    const part = since(log, from);
    const [gains] = await gainsOf(
      part,
      judged.map((e) => e - from),
      [method(part)],
      measured,
      options.frequencyHalfLife,
      (done, of) => progress(`judging ${name}`, done, of, 'events'),
    );
    return gains!;
  };
  /** The model as a page has it whose service heard the events before the cut. */
  const opened =
    (model: TrainedModel, from: number) =>
    (part: EventLog): Method =>
      evershelf(part, scoredModel(log, items, model, 'mixed'), { hears: (e) => e < cut - from });

  const columns: Float64Array[][] = [];
  const trainedOn: boolean[] = [];
  for (const open of OPEN_DAYS) {
    const name = open === null ? 'since ever' : `${open} days open`;
    const from = open === null ? 0 : firstAt(log, log.time[cut]! - open * DAY, cut);
    columns.push(await judge(name, from, opened(content, from)));
    const suffices = open !== null && cut - from >= LEAST_EVENTS;
    trainedOn.push(suffices);
    if (!suffices) continue;
    const { model } = await trainWindow(workers, log, [from, cut], items, schema, options, (stage, ...rest) =>
      progress(`${name}, ${stage}`, ...rest),
    );
    columns.push(await judge(`${name}, trained`, from, opened(model, from)));
  }
  const all = await trainModel(workers, log, cut, items, schema, options, (stage, ...rest) =>
    progress(`trained, ${stage}`, ...rest),
  );
  const knn = await tuned(
    log,
    split,
    baselines(log, items, schema).find(({ name }) => name === 'contentKnn')!,
    options.frequencyHalfLife,
    (done, of) => progress('tuning contentKnn', done, of, 'events'),
  );
  const methods: Record<Beside, [number, (part: EventLog) => Method]> = {
    random: [cut, () => ({ observe() {}, score: (_, out) => void out.fill(0) })],
    popularity: [cut, () => ({ ...popularity(log, cut), observe() {} })],
    contentKnn: [cut, () => methodOf(knn)],
    trained: [0, opened(all, 0)],
  };
  for (const name of BESIDE) columns.push(await judge(name, ...methods[name]));

  const resampled = resample(columns.flat(), options.seed);
  const qualities = columns.map((_, way) =>
    byMeasure((_measure, c) => intervalOf(resampled[way * MEASURES.length + c]!)),
  );
  let at = 0;
  const openedAt = OPEN_DAYS.map((open, k): Opened => {
    const from = open === null ? 0 : firstAt(log, log.time[cut]! - open * DAY, cut);
    const feed = qualities[at++]!;
    return { days: open, events: cut - from, feed, trained: trainedOn[k]! ? qualities[at++]! : null };
  });
  return {
    protocol: {
      sequence: log.sequenceKind,
      events: log.count,
      items: log.itemIds.length,
      cut,
      judged: judged.length,
      judgedDays: days,
      seed: options.seed,
      intervals: '95 %, 1,000 bootstrap resamples of the judged events, the same ones for every way',
    },
    opened: openedAt,
    beside: Object.fromEntries(BESIDE.map((name) => [name, qualities[at++]!])) as Record<Beside, FeedQuality>,
  };
}

/** Events after the cut that have an earlier one of their history after it: of the first 30 days, or of more where these are few. */
function judgedEvents(log: EventLog, cut: number): { judged: number[]; days: number } {
  const part = since(log, cut);
  const last = (part.time[part.count - 1]! - part.time[0]!) / DAY;
  for (let days = JUDGED_DAYS; ; days *= 2) {
    const until = firstAt(log, log.time[cut]! + days * DAY, log.count);
    const judged = sampleEvents(part, [0, until - cut], JUDGED.most).map((e) => e + cut);
    if (judged.length >= JUDGED.least || days >= last)
      return { judged, days: Math.min(days, Math.ceil(last)) };
  }
}

/** The first event at a time or later, `until` at most. */
function firstAt(log: EventLog, time: number, until: number): number {
  const found = log.time.subarray(0, until).findIndex((each) => each >= time);
  return found < 0 ? until : found;
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
