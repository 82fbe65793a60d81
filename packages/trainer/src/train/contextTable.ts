import { type ContextWeights, GAPS } from '@evershelf/model';
import { sharedArray } from '../workers/shared.ts';

/** The logarithms of `ContextWeights` and how far each was moved, over shared memory: the decay, the gaps, then the kinds. */
export interface ContextTable {
  readonly logs: Float64Array;
  readonly squares: Float64Array;
}

/** Where the logarithms of the gaps begin, and those of the kinds. */
export const [GAP, KIND] = [1, 1 + GAPS.length + 1] as const;

/** Bound of the logarithms of gaps and kinds. */
const LARGEST = 3;

/**
 * @param decay where the decay begins; all other factors begin at 1
 * @param kinds how many there are
 */
export function newContextTable(decay: number, kinds: number): ContextTable {
  const logs = sharedArray(Float64Array, KIND + kinds);
  logs[0] = Math.log(decay);
  return { logs, squares: sharedArray(Float64Array, KIND + kinds) };
}

/** Moves the logarithms against their gradient by Adagrad (Duchi et al. 2011), and clears it. */
export function stepContext(
  { logs, squares }: ContextTable,
  gradient: Float64Array,
  learningRate: number,
): void {
  gradient.forEach((slope, k) => {
    if (slope === 0) return;
    squares[k] = squares[k]! + slope * slope;
    const moved = logs[k]! - (learningRate * slope) / Math.sqrt(squares[k]!);
    logs[k] = k === 0 ? Math.min(0, moved) : Math.max(-LARGEST, Math.min(LARGEST, moved));
  });
  gradient.fill(0);
}

/**
 * The weights that a query reads. Factors of kinds are those over that of events without one, which is 1; what is common to
 * all events is left to the weight of `deep`.
 *
 * @param kinds the log's, by their numbers
 */
export function contextWeightsOf({ logs }: ContextTable, kinds: readonly string[]): ContextWeights {
  const unnamed = kinds.includes('') ? logs[KIND + kinds.indexOf('')]! : 0;
  const factor = (log: number): number => Number(Math.exp(log).toPrecision(6));
  const named = kinds.map((kind, k) => [kind, factor(logs[KIND + k]! - unnamed)] as const);
  return {
    decay: factor(logs[0]!),
    gaps: Array.from(logs.subarray(GAP, KIND), factor),
    kinds: Object.fromEntries(named.filter(([kind]) => kind !== '')),
  };
}
