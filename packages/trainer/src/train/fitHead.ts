import { type Signal, type Signals, SIGNALS } from '@evershelf/model';
import { coordinateAscent, type Sample } from './coordinateAscent.ts';

/** Signals of a target (candidate 0) and of the candidates that it must outrank, candidates x signals. */
export type HeadSample = Sample;

/** Fitted weights and their quality on the samples, where the target is ranked among the sample's candidates. */
export interface Head {
  readonly weights: Signals;
  readonly 'recall@20': number;
  readonly 'ndcg@20': number;
  /** NDCG@20 of each signal by itself. */
  readonly alone: Signals;
}

/** Fits the weights of the model's signals. */
export function fitHead(samples: readonly HeadSample[]): Head {
  const { weights, alone, ...quality } = coordinateAscent(samples, SIGNALS.length);
  return { weights: bySignal(weights), ...quality, alone: bySignal(alone) };
}

function bySignal(values: ArrayLike<number>): Signals {
  return Object.fromEntries(SIGNALS.map((signal, s) => [signal, values[s]!])) as Record<Signal, number>;
}
