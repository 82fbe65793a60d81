import type { EventLog } from '../read/EventLog.ts';
import type { Histories } from '../train/Histories.ts';

/** Which items of a history a method puts behind all others. */
export const PUSH_DOWN = ['nothing', 'session', 'history'] as const;
export type PushDown = (typeof PUSH_DOWN)[number];

/** Sets the scores of the chosen items of event e's history to -Infinity. */
export function pushDown(
  which: PushDown,
  log: EventLog,
  e: number,
  histories: Histories,
  out: Float32Array,
): void {
  if (which === 'nothing') return;
  for (const item of histories.personal(log.sequence[e]!, log.time[e]!, log.session[e]!)) {
    if (which === 'history' || item.inSession) out[item.index] = -Infinity;
  }
}
