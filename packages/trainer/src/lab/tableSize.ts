import { bucketScores, type Item, type Query, type Schema, type Tables } from '@evershelf/model';
import { type Interval, lead, resample } from '../evaluate/bootstrap.ts';
import { splitOf } from '../evaluate/evaluate.ts';
import { evershelf, scoredModel } from '../evaluate/evershelf.ts';
import { mean } from '../evaluate/mean.ts';
import { byMeasure, type Measure, MEASURES } from '../evaluate/measures.ts';
import type { Method } from '../evaluate/Method.ts';
import { countSeen } from '../read/countSeen.ts';
import type { EventLog } from '../read/EventLog.ts';
import { tableRowsFor, type TrainOptions } from '../train/options.ts';
import { type AdagradTable, trainedRows } from '../train/RowAdagrad.ts';
import type { Stage } from '../train/stages.ts';
import { type Progress, trainModel } from '../train/trainModel.ts';
import type { TowerTables } from '../train/twoTower.ts';
import type { Workers } from '../workers/Workers.ts';
import { gainsOf } from './gainsOf.ts';
import { sampleEvents } from './sampleEvents.ts';

/** How the numbers of a row are kept. */
type Numbers = 'float32' | 'int8';

/** A size of the tables, and what is ranked by them. */
interface TableWay {
  readonly rows: number;
  readonly numbers: Numbers;
  /** Trained items for each row. */
  readonly itemsPerRow: number;
  /** Bytes of both tables. */
  readonly bytes: number;
  readonly quality: Readonly<Record<Measure, number>>;
  /** Ahead of the first way, on the same events. */
  readonly lead: Readonly<Record<Measure, Interval>>;
}

export interface TableSize {
  readonly protocol: {
    readonly events: number;
    readonly items: number;
    readonly trained: number;
    readonly cut: number;
    readonly judged: number;
    readonly seed: number;
    readonly intervals: string;
  };
  /** The largest first. */
  readonly ways: readonly TableWay[];
}

/** Rows by how many they are of the log's own number; in the first hardly any two tokens share one. */
const SIZES = [8, 1, 1 / 2, 1 / 4] as const;
const JUDGED = 10_000;

/**
 * What small tables cost: trains on the first four fifths of a log with tables of several sizes, and judges the mixed head on the
 * rest, with the rows as they were trained and rounded to int8.
 */
export async function tableSize(
  workers: Workers,
  log: EventLog,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  progress: Progress,
): Promise<TableSize> {
  const { cut } = splitOf(log);
  const trained = countSeen(log, cut);
  const judged = sampleEvents(log, [cut, log.count], JUDGED);
  const own = tableRowsFor(options, trained);
  const found: { rows: number; numbers: Numbers; gains: Float64Array[] }[] = [];
  for (const size of SIZES) {
    const rows = own * size;
    const { stage, late } = keepingLate();
    const model = await trainModel(
      workers,
      log,
      cut,
      items,
      schema,
      { ...options, rows },
      (name, ...rest) => progress(`${rows} rows, ${name}`, ...rest),
      stage,
    );
    const scored = scoredModel(log, items, model, 'mixed');
    const exact = unrounded(model.tables, await late());
    const methods: readonly (readonly [Numbers, Method])[] = [
      ['float32', evershelf(log, { ...scored, tables: exact }, { rowScores: plain(exact) })],
      ['int8', evershelf(log, scored)],
    ];
    const measured = MEASURES.map((measure) => ({ measure, first: 0 }));
    const gains = await gainsOf(
      log,
      judged,
      methods.map(([, method]) => method),
      measured,
      options.frequencyHalfLife,
      (done, of) => progress(`${rows} rows, judging`, done, of, 'events'),
    );
    methods.forEach(([numbers], m) => found.push({ rows, numbers, gains: gains[m]! }));
  }
  const leads = MEASURES.map((_, c) => {
    const [largest, ...others] = resample(
      found.map(({ gains }) => gains[c]!),
      options.seed,
    );
    return [largest!, ...others].map((each) => lead(each, largest!));
  });
  return {
    protocol: {
      events: log.count,
      items: log.itemIds.length,
      trained,
      cut,
      judged: judged.length,
      seed: options.seed,
      intervals: '95 %, 1,000 bootstrap resamples of the judged events, the same ones for every way',
    },
    ways: found.map(({ rows, numbers, gains }, w) => ({
      rows,
      numbers,
      itemsPerRow: trained / rows,
      bytes: 2 * rows * (numbers === 'int8' ? options.dim + 4 : 4 * options.dim),
      quality: byMeasure((_measure, c) => mean(gains[c]!)),
      lead: byMeasure((_measure, c) => leads[c]![w]!),
    })),
  };
}

/** A stage that makes everything, and keeps what the two-tower was at last. */
function keepingLate(): { stage: Stage; late(): Promise<TowerTables> } {
  let tables: Promise<object> | undefined;
  return {
    stage(name, make) {
      const result = make();
      if (name === 'two-tower, latest tenth') tables = result;
      return result;
    },
    late: () => tables as Promise<TowerTables>,
  };
}

/**
 * Tables of the numbers as they were trained. They stand where int8 would, with a scale of 1: all that reads them multiplies one
 * by the other.
 */
function unrounded(tables: Tables, late: TowerTables): Tables {
  const asInt8 = (table: AdagradTable): Int8Array => trainedRows(table) as ArrayLike<number> as Int8Array;
  const scale = ({ squares }: AdagradTable): Float32Array => squares.map((square) => (square > 0 ? 1 : 0));
  return {
    ...tables,
    context: asInt8(late.context),
    contextScale: scale(late.context),
    item: asInt8(late.item),
    itemScale: scale(late.item),
  };
}

/** Row scores in JavaScript, which does not mind what the numbers are. */
function plain(tables: Tables): (query: Query) => Float32Array {
  const out = new Float32Array(tables.rows);
  return (query) => {
    bucketScores(tables, query, out);
    return out;
  };
}
