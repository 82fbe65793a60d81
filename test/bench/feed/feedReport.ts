import { markdownTable } from '../../../packages/trainer/src/report/markdownTable.ts';

/** One publication of a feed. */
export interface Publishing {
  readonly what: string;
  readonly seconds: number;
  /** Of the publishing process. */
  readonly peakBytes: number;
  /** What it said at its end. */
  readonly said: string;
}

/** What `pnpm bench feed` measures. */
export interface FeedBench {
  readonly cores: string;
  readonly items: number;
  /** Of the feed, before it was packed, and packed. */
  readonly bytes: number;
  readonly packed: number;
  readonly runs: readonly Publishing[];
}

/** The bench as a table of Markdown. */
export function feedTable({ runs }: FeedBench): string {
  return markdownTable(
    ['publish --feed', 'seconds', 'peak MB', 'it said'],
    runs.map(({ what, seconds, peakBytes, said }) => [
      what,
      seconds.toFixed(0),
      Math.round(peakBytes / 2 ** 20).toLocaleString('en'),
      said,
    ]),
  );
}
