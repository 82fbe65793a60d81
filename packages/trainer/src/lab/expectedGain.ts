import { GAIN } from '../evaluate/Tally.ts';

/** The list length of the gains. */
const CUTOFF = 20;

/** Where a target stands among some candidates. */
export interface Standing {
  /** Candidates that score higher. */
  readonly above: number;
  /** Other candidates that score the same. */
  readonly ties: number;
}

/** The gain of a target that is equally likely at each of the ranks that it shares: its expected value, in 0..1. */
export function expectedGain(measure: keyof typeof GAIN, { above, ties }: Standing): number {
  let sum = 0;
  for (let rank = above; rank < Math.min(CUTOFF, above + ties + 1); rank++) sum += GAIN[measure](rank);
  return sum / (ties + 1);
}

/** Where item `target` stands among the items from `first` on. */
export function standing(scores: Float32Array, target: number, first: number): Standing {
  const score = scores[target]!;
  let above = 0;
  let ties = -1;
  for (let i = first; i < scores.length; i++) {
    if (scores[i]! > score) above++;
    else if (scores[i] === score) ties++;
  }
  return { above, ties };
}
