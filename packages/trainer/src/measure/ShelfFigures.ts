import type { Interval } from '../evaluate/bootstrap.ts';

/** What shelves have shown and what came of it, by whatever they are grouped. */
export interface Group {
  readonly name: string;
  readonly impressions: number;
  readonly clicks: number;
  /** Carts and purchases of items whose card on these shelves was used last in the visit. */
  readonly carts: number;
  readonly purchases: number;
  readonly sessions: number;
  /** Clicks an impression, with Wilson's interval. */
  readonly rate: Interval;
}

/** What is compared between the variants of an experiment; all but `rate` an exposed session. */
export const OUTCOMES = ['clicks', 'rate', 'carts', 'purchases', 'buyers'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Sessions that saw one variant of a split. */
export interface Arm {
  readonly variant: string;
  readonly sessions: number;
  readonly impressions: number;
  /** Null where there are too few sessions. */
  readonly outcomes: Readonly<Record<Outcome, Interval | null>>;
  /** What it is ahead of the first arm by; null for the first one. */
  readonly ahead: Readonly<Record<Outcome, Interval | null>> | null;
}

/** What a variant would bring by inverse propensity. */
export interface Weighed {
  readonly variant: string;
  /** Clicks a session. */
  readonly ips: Interval | null;
  /** Clicks an impression, self-normalised. */
  readonly snips: Interval | null;
  readonly largestWeight: number;
  /** Kish's effective number of the impressions. */
  readonly effective: number;
}

export interface Split {
  readonly kind: 'split';
  readonly name: string;
  readonly shelves: readonly string[];
  readonly arms: readonly Arm[];
  readonly weighed: readonly Weighed[];
  /** Sessions that saw more than one variant, left out. */
  readonly mixed: number;
  /** Sessions by variant beside the shares that they were dealt by. */
  readonly ratio: {
    /** By the order of `arms`; null where the propensities of the log do not say them. */
    readonly wanted: readonly number[] | null;
    /** Pearson's test; null where no share is wanted, or one variant alone was seen. */
    readonly test: { readonly statistic: number; readonly p: number } | null;
  };
}

export interface Interleaving {
  readonly kind: 'interleave';
  readonly name: string;
  readonly shelves: readonly string[];
  readonly sessions: number;
  readonly variants: readonly {
    readonly variant: string;
    readonly impressions: number;
    readonly clicks: number;
    /** Sessions in which more of its cards were clicked than of the other's. */
    readonly wins: number;
  }[];
  readonly ties: number;
  /** Share of the sessions without a tie that the first variant won, with Wilson's interval. */
  readonly share: Interval;
  /** Of the sign test. */
  readonly p: number;
  /** Clicks a session that the first is ahead by. */
  readonly ahead: Interval | null;
  readonly weighed: readonly Weighed[];
}

/** What an event log says of shelves. */
export interface ShelfFigures {
  /** Unix seconds of the first and the last event of a shelf. */
  readonly from: number;
  readonly until: number;
  readonly all: Group;
  readonly shelves: readonly Group[];
  readonly positions: readonly Group[];
  readonly days: readonly Group[];
  /** Days of an entry of `days`: 1, or 7 where there are many. */
  readonly daysEach: 1 | 7;
  readonly models: readonly Group[];
  readonly experiments: readonly (Split | Interleaving)[];
  readonly coverage: {
    /** Items that were seen on a shelf. */
    readonly seen: number;
    /** Items that the shop has; null where nobody said. */
    readonly of: number | null;
    /** Share of the impressions that the tenth of them has that was seen most. */
    readonly topTenth: number;
  };
  /** Carts and purchases of the log, from a shelf or not. */
  readonly taken: { readonly carts: number; readonly purchases: number };
  readonly checks: {
    readonly withoutSession: number;
    /** Clicks whose session has no impression of the item on the shelf. */
    readonly clicksUnseen: number;
    /** Impressions and clicks of an experiment that name no variant or no propensity. */
    readonly incomplete: number;
    /** Most impressions of one session. */
    readonly mostOfSession: number;
  };
}
