import type { Signal, Signals } from '@evershelf/model';

/** Signals that say alike, under one name and in one colour. */
interface Group {
  readonly name: string;
  readonly label: string;
  readonly signals: readonly Signal[];
}

const GROUPS: readonly Group[] = [
  { name: 'deep', label: 'fits the shopper', signals: ['deep'] },
  { name: 'match', label: 'shares attributes with the history', signals: ['match'] },
  { name: 'wide', label: 'taken together, as trained', signals: ['wide'] },
  { name: 'pairs', label: 'taken together lately', signals: ['pairs'] },
  { name: 'live', label: 'sells', signals: ['live1', 'live5', 'live20'] },
  { name: 'personal', label: 'had by this shopper', signals: ['frequency', 'had', 'session'] },
  { name: 'unknown', label: 'new to the model', signals: ['unknown'] },
];

/** A part of a score. */
export interface ScorePart {
  readonly name: string;
  readonly label: string;
  readonly gave: number;
}

/** The parts of a score that are not nothing, the largest magnitude first; they add up to it. */
export function scoreParts(signals: Signals, boost = 0): ScorePart[] {
  return [
    ...GROUPS.map(({ name, label, signals: own }) => ({
      name,
      label,
      gave: own.reduce((sum, signal) => sum + signals[signal], 0),
    })),
    { name: 'boost', label: 'boosted by a rule', gave: boost },
  ]
    .filter(({ gave }) => Math.abs(gave) >= 0.005)
    .toSorted((a, b) => Math.abs(b.gave) - Math.abs(a.gave));
}
