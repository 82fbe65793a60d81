import type { SentEvent } from './SentEvent.ts';

/** An event as the log keeps it. */
export interface LoggedEvent extends SentEvent {
  /**
   * False where it enters no counter: what a shelf has shown, an item of its session once more, or more than one session or client may
   * count.
   */
  readonly counts: boolean;
  /** Where it is more than its session or client may count: training leaves it out. */
  readonly over?: true;
}

/** A part of a log that grows at its end alone. */
export interface Segment {
  /** Told from every other segment, of any log; begins with the hour in which it began, `2026-11-27T10`, in UTC. */
  readonly name: string;
  /** Where the events end that are kept for good. */
  readonly end: number;
}

/** Where events are kept: for training, and for the counters to be read from. */
export interface EventLog {
  /** Keeps events; settles once they are safe. Asked for one list at a time. Where it rejects, none of them is kept. */
  append(events: readonly LoggedEvent[]): Promise<void>;
  /** What the log kept in this hour and the one before it, oldest segment first. */
  recent(): AsyncIterable<LoggedEvent>;
  /** The segments of the last day, by name. What is older is counted, or too old to be. */
  segments(): Promise<Segment[]>;
  /**
   * Events of a segment from a place in it, some thousands at most; nobody reads what is before that place again.
   *
   * @returns the events, and the place behind the last one; where there is none, `from`
   */
  read(segment: string, from: number): Promise<{ events: LoggedEvent[]; to: number }>;
  close(): Promise<void>;
}
