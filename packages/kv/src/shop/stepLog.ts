import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SLICE, slices } from '../slices.ts';
import { type Entry, type Key, type Store, VALUE_BYTES } from '../stores/Store.ts';
import { partKey, SHOP_KEY, stepKey } from './keys.ts';

/** What one write does: all of its records are in the log before the first of them is in its place. */
export interface Step {
  /** The shop's revision after it. */
  readonly revision: number;
  /** Pages whose records are among `records`. */
  readonly touched: readonly number[];
  readonly records: readonly Entry[];
}

/** A step as the log holds it: its records beside it, or in parts of their own. */
export interface LoggedStep {
  readonly by: string;
  readonly revision: number;
  /** Absent where it is any number of pages. */
  readonly touched?: readonly number[];
  readonly records?: readonly Entry[];
  readonly parts?: number;
}

/** The order of all writes of all services on a store, numbered from the shop's first: whoever writes a number first has it. */
export interface StepLog {
  /**
   * Takes a place in the log for a step, unless another step has it.
   *
   * @returns the step as it is logged, undefined where another has the place
   */
  append(seq: number, step: Step): Promise<LoggedStep | undefined>;
  /** The step at a place, undefined where there is none, and the shop's own record. */
  read(seq: number): Promise<{ step: LoggedStep | undefined; shop: object | undefined }>;
  /** The records of a step, undefined where its parts are gone, which is where all are in their places. */
  records(seq: number, step: LoggedStep): Promise<readonly Entry[] | undefined>;
  /** Forgets what nobody needs once all records of a step are in their places. */
  forget(seq: number, step: LoggedStep): Promise<void>;
}

/** Steps that the log keeps for those who are behind. */
const KEPT = 256;
/** Old steps are forgotten so many at a time. */
const SWEEP = 64;
/** Room in a value for what is not its records. */
const RECORDS_BYTES = VALUE_BYTES - 8192;
/** Pages that a step names; where there are more, those who follow read all. */
const MOST_TOUCHED = 512;

export function stepLog(store: Store): StepLog {
  const partKeys = (seq: number, { by, parts = 0 }: LoggedStep): Key[] =>
    Array.from({ length: parts }, (_, part) => partKey(seq, by, part));
  const read: StepLog['read'] = async (seq) => {
    const [step, shop] = await store.getMany([stepKey(seq), SHOP_KEY]);
    return { step: step as LoggedStep | undefined, shop };
  };

  return {
    read,
    async append(seq, { revision, touched, records }) {
      const by = randomBytes(8).toString('hex');
      const parts = await inParts(records);
      const said = { by, revision, ...(touched.length > MOST_TOUCHED ? {} : { touched }) };
      const step: LoggedStep = parts.length === 1 ? { ...said, records } : { ...said, parts: parts.length };
      if (step.parts !== undefined)
        await store.putMany(
          parts.map((records, part) => [partKey(seq, by, part), { records }] as const),
          1,
        );
      const [written] = await store.putMany([[stepKey(seq), step]], 1).catch(async (error: unknown) => {
        // The answer may have been lost after the step was written.
        const { step } = await read(seq);
        if (step === undefined) throw error;
        return [step.by === by];
      });
      if (written) return step;
      await store.deleteMany(partKeys(seq, step));
      return undefined;
    },
    async records(seq, step) {
      if (step.records !== undefined) return step.records;
      const parts = (await store.getMany(partKeys(seq, step))) as ({ records: Entry[] } | undefined)[];
      return parts.includes(undefined) ? undefined : parts.flatMap((part) => part!.records);
    },
    async forget(seq, step) {
      const old = seq % SWEEP === 0 ? Array.from({ length: SWEEP }, (_, i) => stepKey(seq - KEPT - i)) : [];
      await store.deleteMany([...partKeys(seq, step), ...old]);
    },
  };
}

/** Records in pieces that a value can hold. */
async function inParts(records: readonly Entry[]): Promise<Entry[][]> {
  const parts: Entry[][] = [[]];
  let left = RECORDS_BYTES;
  for (const slice of slices(records)) {
    if (records.length > SLICE) await nextTurn();
    for (const record of slice) {
      const bytes = Buffer.byteLength(JSON.stringify(record)) + 1;
      if (bytes > left && parts.at(-1)!.length > 0) {
        parts.push([]);
        left = RECORDS_BYTES;
      }
      parts.at(-1)!.push(record);
      left -= bytes;
    }
  }
  return parts;
}
