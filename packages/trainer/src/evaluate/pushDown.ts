import type { Moment } from './Method.ts';

/** Which items of a history a method puts behind all others. */
export const PUSH_DOWN = ['nothing', 'session', 'history'] as const;
export type PushDown = (typeof PUSH_DOWN)[number];

/** Sets the scores of the chosen items to -Infinity. */
export function pushDown(which: PushDown, { personal }: Moment, out: Float32Array): void {
  if (which === 'nothing') return;
  for (const item of personal) if (which === 'history' || item.inSession) out[item.index] = -Infinity;
}
