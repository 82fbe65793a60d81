/** What a value can be: anything that JSON carries. */
export type Value = object;

/**
 * Where a metadata service keeps its records: keys are texts of 1 to 900 UTF-16 code units, values are objects that JSON
 * carries. A database becomes a store by four functions.
 */
export interface Store {
  /** The values of `keys`, in their order; undefined where there is none. */
  getMany(keys: readonly string[]): Promise<(Value | undefined)[]>;
  /** Writes all entries or, where the promise rejects or the process dies, none. Written means: on the disk. */
  putMany(entries: readonly (readonly [key: string, value: Value])[]): Promise<void>;
  /** Forgets `keys`; those that the store does not hold are no error. */
  deleteMany(keys: readonly string[]): Promise<void>;
  /** All entries whose key starts with `prefix`, ordered by key as JavaScript compares texts. */
  scan(prefix: string): AsyncIterable<readonly [key: string, value: Value]>;
  close(): Promise<void>;
}
