/** An event log in columns, ordered by time; all columns have `count` entries. */
export interface EventLog {
  readonly count: number;
  /** Unix seconds. */
  readonly time: Float64Array;
  /** Position in `itemIds`. */
  readonly item: Uint32Array;
  /** Whose history the event belongs to: a shopper's or a session's number, 0 to sequences - 1. */
  readonly sequence: Uint32Array;
  readonly sequences: number;
  /** The visit or basket of the event, as a number. */
  readonly session: Uint32Array;
  readonly quantity: Float32Array;
  /** Position in `kinds`. */
  readonly kind: Uint8Array;
  /** Distinct kinds of events, such as `view` and `purchase`; empty for those that have none. */
  readonly kinds: readonly string[];
  /** Distinct ids in the order of their first event. */
  readonly itemIds: readonly string[];
  readonly sequenceKind: 'session' | 'shopper';
}

/** The log of a shop that has no event yet. */
export function emptyLog(): EventLog {
  return {
    count: 0,
    time: new Float64Array(),
    item: new Uint32Array(),
    sequence: new Uint32Array(),
    sequences: 0,
    session: new Uint32Array(),
    quantity: new Float32Array(),
    kind: new Uint8Array(),
    kinds: [''],
    itemIds: [],
    sequenceKind: 'shopper',
  };
}
