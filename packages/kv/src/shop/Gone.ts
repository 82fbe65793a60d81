import type { Value } from '../stores/Store.ts';

/** What stays of a deleted record for a while, so that nobody who is late writes it again. */
export interface Gone {
  /** Unix seconds of the deletion. */
  readonly gone: number;
}

/** A record, or undefined where it is none any more. */
export function unlessGone<T extends Value>(value: Value | undefined): T | undefined {
  return value === undefined || isGone(value) ? undefined : (value as T);
}

export function isGone(value: Value): value is Gone {
  return 'gone' in value;
}
