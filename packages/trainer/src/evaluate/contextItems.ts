import type { Moment } from './Method.ts';

/** Which items of a history speak for it. */
export interface ContextOptions {
  /** The latest events, or everything that the sequence had, each item once and with weight 1. */
  readonly context: number | 'all';
  /** Weight that an event loses with each later moment. */
  readonly decay: number;
}

export function contextItems(
  { histories, sequence, personal }: Moment,
  { context, decay }: ContextOptions,
): { item: number; weight: number }[] {
  if (context === 'all') return personal.map(({ index }) => ({ item: index, weight: 1 }));
  return histories.latest(sequence, context).map(({ item, age }) => ({ item, weight: decay ** age }));
}
