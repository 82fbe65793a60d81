import { availableParallelism } from 'node:os';
import { MAX_EDGES, SIGNALS } from '@evershelf/model';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ColumnMap, ROLES } from '../read/columns.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from '../train/options.ts';

/** The options of every command that reads a shop and trains on it. */
export interface ShopOptions extends TrainOptions {
  events?: string[];
  items?: string[];
  schema?: string;
  map: ColumnMap;
  sequence?: 'session' | 'shopper';
  threads: number;
  memory?: number;
}

/**
 * Adds the options of `ShopOptions` to a command.
 *
 * @param needsEvents false where a shop may have none yet
 */
export function withShopOptions(command: Command, needsEvents = true): Command {
  return command
    .addOption(
      new Option(
        '--events <files...>',
        'event log: CSV (.gz), Parquet or JSON lines; folders and quoted patterns too',
      ).makeOptionMandatory(needsEvents),
    )
    .option(
      '--items <files...>',
      'items and their attributes, in the same formats, or as Merchant Center feeds, also by their addresses',
    )
    .addOption(mapOption())
    .addOption(
      new Option(
        '--sequence <kind>',
        'what a history is; default: the shopper where nearly every event has one',
      ).choices(['session', 'shopper']),
    )
    .option('--schema <file>', 'JSON list of encoders; default: inferred from the items')
    .option(
      '--threads <number>',
      'worker threads; the result is the same with any number',
      whole(1, 256),
      availableParallelism(),
    )
    .option(
      '--memory <size>',
      'memory for reading and training, such as 2GB: reading keeps what is more in temporary files, training takes fewer threads; the baselines of an evaluation are not counted',
      bytes,
    )
    .option(
      '--seed <number>',
      'the same input and seed give the same bytes',
      whole(0, 2 ** 32 - 1),
      TRAIN_DEFAULTS.seed,
    )
    .option(
      '--epochs <number>',
      'passes over the events; 0: 1 to 5 by the size of the log',
      whole(0, 100),
      TRAIN_DEFAULTS.epochs,
    )
    .option(
      '--dim <number>',
      'numbers in a row of the tables, a multiple of 4',
      whole(4, 1024, 4),
      TRAIN_DEFAULTS.dim,
    )
    .option(
      '--rows <number>',
      'rows of the tables, a power of two; 0: by the number of items',
      powerOfTwo,
      TRAIN_DEFAULTS.rows,
    )
    .option(
      '--edges <number>',
      'edges that an item keeps on average, the strongest of the shop; 0: by the number of items',
      whole(0, MAX_EDGES),
      TRAIN_DEFAULTS.edges,
    )
    .option('--learning-rate <number>', 'step of row-wise Adagrad', positive, TRAIN_DEFAULTS.learningRate)
    .option(
      '--negatives <number>',
      'negatives that the contexts of a batch share',
      whole(1, 65_536),
      TRAIN_DEFAULTS.negatives,
    )
    .option(
      '--batch <number>',
      'contexts that move the tables together',
      whole(1, 65_536),
      TRAIN_DEFAULTS.batch,
    )
    .option(
      '--context-decay <number>',
      "what is left of an event's weight for each later moment, before it is learned, in (0, 1]",
      share,
      TRAIN_DEFAULTS.contextDecay,
    )
    .option(
      '--frequency-half-life <days>',
      "half-life of the shopper's own counts",
      positive,
      TRAIN_DEFAULTS.frequencyHalfLife,
    )
    .option(
      '--head-events <number>',
      'events that the signal weights are fitted on',
      whole(1, 1e6),
      TRAIN_DEFAULTS.headEvents,
    )
    .addOption(
      new Option('--without <signals...>', 'signals that no head reads')
        .choices([...SIGNALS])
        .default(TRAIN_DEFAULTS.without, 'none'),
    );
}

/** `--map`, of every command that reads files. */
export function mapOption(): Option {
  return new Option(
    '--map <role=column>',
    `column of a role, repeatable (${ROLES.join(', ')}); category takes several, root first: category=a,b,c`,
  )
    .argParser(mapped)
    .default({}, 'by usual names');
}

function mapped(text: string, before: ColumnMap): ColumnMap {
  const [role, column] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
  if (!ROLES.includes(role) || column === '') {
    throw new InvalidArgumentError(`Wanted ROLE=COLUMN with one of ${ROLES.join(', ')}, such as item=sku.`);
  }
  return { ...before, [role]: column };
}

/** Parses a whole number of an option. */
export function whole(least: number, most: number, step = 1): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (
      text.trim() !== '' &&
      Number.isInteger(value) &&
      value >= least &&
      value <= most &&
      value % step === 0
    )
      return value;
    throw new InvalidArgumentError(
      `Wanted a whole number from ${least} to ${most}${step > 1 ? `, a multiple of ${step}` : ''}.`,
    );
  };
}

/** Parses a day or an instant to Unix seconds: the first of a day, or the first behind it. */
export function instant(of: 'first' | 'last'): (text: string) => number {
  return (text) => {
    const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
    const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(text);
    const time = /^\d{4}-\d\d-\d\d/.test(text)
      ? Date.parse(isDay || hasZone ? text : `${text}Z`) / 1000
      : NaN;
    if (!Number.isFinite(time))
      throw new InvalidArgumentError(
        'Wanted a date such as 2026-11-27, or an instant such as 2026-11-27T10:00Z.',
      );
    return isDay && of === 'last' ? time + 86_400 : time;
  };
}

const LEAST_MEMORY = 2 ** 29;

function bytes(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?([MG])i?B$/i.exec(text.trim()) ?? [];
  const value = Number(number) * (unit?.toUpperCase() === 'G' ? 2 ** 30 : 2 ** 20);
  if (value >= LEAST_MEMORY) return value;
  throw new InvalidArgumentError('Wanted a size of at least 512MB, such as 1500MB or 2GB.');
}

/** Parses the values of an option that takes several. */
export function listed<T>(parse: (text: string) => T): (text: string) => T[] {
  const given: T[] = [];
  return (text) => {
    given.push(parse(text));
    return given;
  };
}

function powerOfTwo(text: string): number {
  const value = Number(text);
  if (value === 0 || (Number.isInteger(Math.log2(value)) && value >= 16 && value <= 2 ** 24)) return value;
  throw new InvalidArgumentError('Wanted 0 or a power of two from 16 to 16777216.');
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Wanted a number above 0.');
}

function share(text: string): number {
  const value = positive(text);
  if (value <= 1) return value;
  throw new InvalidArgumentError('Wanted a number above 0, at most 1.');
}
