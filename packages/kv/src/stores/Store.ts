/** What a value can be: anything that JSON carries, at most `VALUE_BYTES` of it. */
export type Value = object;

/** Most bytes of a value, as JSON in UTF-8. */
export const VALUE_BYTES = 256 * 1024;

/**
 * Where a record lies: in a group, which is read as a whole (1 to 64 of `a-z`, `0-9`, `/` and `-`), under a name (1 to 256
 * UTF-16 code units of any text). Redis knows a group as a hash, DynamoDB as a partition.
 */
export type Key = readonly [group: string, name: string];

export type Entry = readonly [key: Key, value: Value];

/** Where a metadata service keeps its records. A database becomes a store by four functions. */
export interface Store {
  /** The values of `keys`, in their order; undefined where there is none. */
  getMany(keys: readonly Key[]): Promise<(Value | undefined)[]>;
  /**
   * Writes each entry, unless the store holds its key at this version or a later one: then what it holds stays. Looking and
   * writing are one step for each entry, whoever else writes. Entries are written in any order, and where the promise
   * rejects or the process dies, some may be written and others not; but none is where JSON cannot carry one of them.
   * Written means: kept as safely as the store keeps anything.
   *
   * @param entries each key once
   * @param version 1 to 2^53 - 1
   * @returns for each entry, whether it was written
   */
  putMany(entries: readonly Entry[], version: number): Promise<boolean[]>;
  /** Forgets `keys` and their versions; those that the store does not hold are no error. */
  deleteMany(keys: readonly Key[]): Promise<void>;
  /**
   * All records of a group, ordered by name as JavaScript compares texts. What is written meanwhile may be seen or not; what
   * was there all along is seen once.
   */
  scan(group: string): AsyncIterable<readonly [name: string, value: Value]>;
  close(): Promise<void>;
}
