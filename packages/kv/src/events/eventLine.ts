import { type EarlierItem, type Placed, placedOf } from '@evershelf/model';
import type { LoggedEvent } from './EventLog.ts';

/**
 * A line of the log, in the columns that `evershelf train` and `evershelf report` recognise; `event_id`, `counted` and `after` are for
 * the service alone, `over` for the training.
 */
interface Line extends Placed {
  readonly timestamp: number;
  readonly item_id: string;
  readonly event_type: string;
  readonly quantity: number;
  readonly session_id: string | null;
  readonly user_id: string | null;
  readonly event_id?: string;
  /** Absent where it is true. */
  readonly counted?: boolean;
  /** Absent where it is not. */
  readonly over?: true;
  /** Items that the session took before it, and how many moments before. */
  readonly after?: readonly (readonly [item: string, age: number])[];
}

export function toLine(event: LoggedEvent): string {
  const { id, time, item, kind, quantity, session, shopper, after, counts, over } = event;
  return `${JSON.stringify({
    timestamp: time,
    item_id: item,
    event_type: kind,
    quantity: quantity ?? 1,
    session_id: session ?? null,
    user_id: shopper ?? null,
    ...(id === undefined ? {} : { event_id: id }),
    // What counts no further pairs no further.
    ...(counts ? {} : { counted: false }),
    ...(over === true ? { over } : {}),
    ...placedOf(event),
    ...(counts && after !== undefined ? { after: after.map(({ item, age }) => [item, age] as const) } : {}),
  } satisfies Line)}\n`;
}

/** The event of a line, undefined where it is none: somebody may have written to the file by hand. */
export function fromLine(text: string): LoggedEvent | undefined {
  const line = parse(text);
  if (typeof line?.item_id !== 'string' || typeof line.timestamp !== 'number') return undefined;
  if (line.after !== undefined && !isAfter(line.after)) return undefined;
  const { timestamp, item_id, event_type, quantity, session_id, user_id, event_id, counted = true } = line;
  const after = line.after?.map(([item, age]): EarlierItem => ({ item, age }));
  return {
    ...(event_id === undefined ? {} : { id: event_id }),
    time: timestamp,
    item: item_id,
    kind: event_type,
    quantity,
    ...(session_id === null ? {} : { session: session_id }),
    ...(user_id === null ? {} : { shopper: user_id }),
    ...(after === undefined ? {} : { after }),
    ...placedOf(line),
    counts: counted,
  };
}

function isAfter(value: unknown): value is NonNullable<Line['after']> {
  return (
    Array.isArray(value) &&
    value.every((each) => Array.isArray(each) && typeof each[0] === 'string' && Number.isInteger(each[1]))
  );
}

function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
