import type { Interval } from '../evaluate/bootstrap.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { type Slice, SLICES } from '../evaluate/judge.ts';

/** A table of a report: what it shows, its head and its rows. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What the slices of the judged events are. */
export const SLICE_NOTES: Readonly<Record<Slice, string>> = {
  all: 'every judged event',
  warm: 'the next item has an event in the training part',
  cold: 'it has none',
  coldOnly: 'cold, ranked among the items without an event in the training part',
  novel: 'the next item is new to the history',
  discover: 'novel, with all that the history had taken out of the candidates',
};

/** Accuracy over all judged events, with what evershelf is ahead by. */
export function overview({ methods }: Evaluation): Table {
  const isCompared = Object.values(methods).some(({ difference }) => difference !== undefined);
  const compared = isCompared ? ['evershelf ahead, Recall@20', 'evershelf ahead, NDCG@20'] : [];
  return {
    title: 'All judged events',
    head: ['method', 'Recall@20', 'NDCG@20', 'MRR@20', ...compared, 'train s'],
    rows: Object.entries(methods).map(([name, { all, difference, trainSeconds }]) => [
      name,
      ...[all['recall@20'], all['ndcg@20'], all['mrr@20']].map(four),
      ...(isCompared ? [lead(difference?.['recall@20']), lead(difference?.['ndcg@20'])] : []),
      trainSeconds.toFixed(1),
    ]),
  };
}

/** One measure over every slice. */
export function slices(
  { methods }: Evaluation,
  measure: 'recall@20' | 'ndcg@20' | 'mrr@20',
  title: string,
): Table {
  const [first] = Object.values(methods);
  return {
    title: `${title} by slice (events)`,
    head: ['method', ...SLICES.map((slice) => `${slice} (${first![slice].n.toLocaleString('en')})`)],
    rows: Object.entries(methods).map(([name, method]) => [
      name,
      ...SLICES.map((slice) => (method[slice].n === 0 ? '-' : four(method[slice][measure]))),
    ]),
  };
}

/** What is recommended, right or not. */
export function beyondAccuracy({ methods }: Evaluation): Table {
  return {
    title: 'What is recommended',
    head: ['method', 'coverage@20', 'novelty, bits', 'popularity bias'],
    rows: Object.entries(methods).map(([name, { beyond }]) => [
      name,
      beyond['coverage@20'].toFixed(3),
      beyond.novelty.toFixed(2),
      beyond.popularityBias.toFixed(3),
    ]),
  };
}

/** NDCG@20 by the earlier events of the history. */
export function historyTable({ methods }: Evaluation): Table {
  const [first] = Object.values(methods);
  return {
    title: 'NDCG@20 by earlier events of the history (events)',
    head: [
      'method',
      ...first!.byHistory.map((group) => `${groupName(group)} (${group.n.toLocaleString('en')})`),
    ],
    rows: Object.entries(methods).map(([name, { byHistory }]) => [
      name,
      ...byHistory.map((group) => four(group['ndcg@20'])),
    ]),
  };
}

/** `1`, `2-4`, `500+`. */
export function groupName({ from, below }: { from: number; below: number | null }): string {
  if (below === null) return `${from}+`;
  return below - 1 === from ? `${from}` : `${from}-${below - 1}`;
}

/** The protocol in plain words, a sentence an entry. */
export function protocolText({ protocol }: Evaluation): string[] {
  const { judged, items, cut, events, every, lists, sequence, seed, intervals } = protocol;
  return [
    `${count(judged)} events judged among ${count(items)} items, trained on the first ${count(cut)} of ${count(events)} events.`,
    `The task is the next item of a ${sequence}'s history: every item of the log is a candidate, ties count against the one that came. Judged is every ${every === 1 ? '' : `${ordinal(every)} `}event of the last fifth that has a history.`,
    'Whatever is tuned is tuned by NDCG@20 on the last tenth of the training part, never later, and then trained on all of it. What a method observes moves on with the log, event by event.',
    `Intervals: ${intervals}; seed ${seed}.`,
    `Coverage@20 is the share of items in any of the first twenty of every ${lists === 1 ? '' : `${ordinal(lists)} `}judged event; novelty the mean -log2 of a recommended item's share of the training events; popularity bias the mean share of the items that sold less in training (0.5 at random).`,
  ];
}

function ordinal(n: number): string {
  const suffix = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
}

/** A whole number with its thousands apart. */
export function count(n: number): string {
  return n.toLocaleString('en');
}

/** Four digits. */
export function four(value: number): string {
  return value.toFixed(4);
}

/** Four digits behind a sign. */
export function plus(value: number): string {
  return `${value < 0 ? '' : '+'}${four(value)}`;
}

/** What one is ahead of another by, signed; empty where there is nothing to compare. */
export function lead(interval: Interval | undefined): string {
  if (interval === undefined) return '';
  return `${plus(interval.mean)} [${plus(interval.low)}, ${plus(interval.high)}]`;
}
