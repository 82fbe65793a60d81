/**
 * What is kept on the device. Nothing here rejects: where the device refuses, hangs or is full, values are missing and
 * writes are lost, and the shelf goes on in memory.
 */
export interface DeviceStore {
  /** The values of keys; undefined where there is none. */
  read(keys: readonly string[]): Promise<unknown[]>;
  /** Writes all entries or none, and deletes those whose value is undefined. Returns whether it did; where the device is full it may later. */
  write(entries: readonly (readonly [string, unknown])[]): Promise<boolean>;
  /** Replaces a value by what `change` makes of it, with no other tab in between; undefined where that failed. */
  update<T>(key: string, change: (there: unknown) => T): Promise<T | undefined>;
  /** Deletes all, and ignores what is written later. */
  wipe(): Promise<void>;
  /** False once the device has failed, while it is full, and after `wipe`. */
  persistent(): boolean;
}

/** Keeps nothing. */
export const NO_STORE: DeviceStore = {
  read: async (keys) => keys.map(() => undefined),
  write: async () => false,
  update: async () => undefined,
  wipe: async () => {},
  persistent: () => false,
};
