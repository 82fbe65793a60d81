import { markdownTable } from '../../packages/trainer/src/report/markdownTable.ts';

/** The parts of a log that the pipeline is measured on: one by each of these. */
export const PARTS = [8, 4, 2, 1] as const;

/** One run of the whole pipeline; in seconds. */
export interface Pipeline {
  readonly events: number;
  readonly items: number;
  readonly read: number;
  readonly train: number;
  readonly judge: number;
  readonly all: number;
  readonly peakBytes: number;
}

export interface Speed {
  readonly seconds: number;
  readonly positions: number;
}

/** What `pnpm bench trainer` measures; each entry the run in the middle. */
export interface TrainerBench {
  readonly cores: string;
  readonly runs: number;
  /** By `PARTS`. */
  readonly parts: readonly Pipeline[];
  readonly speeds: Readonly<Record<string, Speed>>;
}

/** The bench as a Markdown page. */
export function trainerReport({ cores, runs, parts, speeds }: TrainerBench): string {
  const whole = (number: number): string => Math.round(number).toLocaleString('en');
  const rate = ({ positions, seconds }: Speed): number => positions / seconds;
  const own = rate(speeds['two-tower']!);
  return `# The trainer's speed

\`pnpm bench trainer\` on ${cores}; medians of ${runs} runs.

Read, deep, wide, head and evaluation on the first part of the log. A longer log is passed over less often: 5 times
at most, once from a million events on.

${markdownTable(
  ['part', 'events', 'items', 'read s', 'train s', 'judge s', 'all s', 'peak MB'],
  parts.map((each, k) => [
    `1/${PARTS[k]}`,
    whole(each.events),
    whole(each.items),
    each.read.toFixed(1),
    each.train.toFixed(1),
    each.judge.toFixed(1),
    each.all.toFixed(1),
    whole(each.peakBytes / 2 ** 20),
  ]),
)}

Positions that a model learns from in a second, on the same events and with 32 numbers a row: events of the two-tower
(one thread), history-item pairs of implicit 0.7.2 (all cores) times passes.

${markdownTable(
  ['model', 'positions', 'seconds', 'positions/s', 'two-tower / it'],
  Object.entries(speeds).map(([name, speed]) => [
    name,
    whole(speed.positions),
    speed.seconds.toFixed(1),
    whole(rate(speed)),
    (own / rate(speed)).toFixed(2),
  ]),
)}
`;
}
