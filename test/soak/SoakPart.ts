/** How long a part goes on: some seconds in the gate, its share of five minutes, or until the figures are worth keeping. */
export type Length = 'smoke' | 'short' | 'long';

/** What a part of a soak is given. */
export interface Budget {
  readonly length: Length;
  /** Says how far it has come. */
  tell(line: string): void;
  /** Aborted once the soak is to end; who waits long looks at it. */
  readonly signal: AbortSignal;
  /** To be done when the part ends, however it does; the latest first. */
  onEnd(task: () => unknown): void;
}

/** One line of what a part found. */
export interface SoakRow {
  /** What was put to the test: a store, an engine, a reader. */
  readonly subject: string;
  readonly seconds: number;
  /** In the order in which they are shown; names with their units, alike in all rows of a part. */
  readonly figures: Readonly<Record<string, number>>;
  /** What did not hold, in words; empty where all did. */
  readonly broken: readonly string[];
}

export type SoakPart = (budget: Budget) => Promise<SoakRow[]>;
