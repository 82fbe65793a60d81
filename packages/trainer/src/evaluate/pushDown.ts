import type { PersonalItem } from '@evershelf/model';
import type { Method } from './Method.ts';

/** Which items of a history a method puts behind all others. */
export const PUSH_DOWN = ['nothing', 'session', 'history'] as const;
export type PushDown = (typeof PUSH_DOWN)[number];

/** The same method, with the scores of the chosen items at -Infinity. */
export function pushDown(which: PushDown, method: Method): Method {
  return {
    observe: (e) => method.observe(e),
    score(moment, out) {
      method.score(moment, out);
      if (which === 'nothing') return;
      for (const item of moment.personal) if (isPushed(which, item)) out[item.index] = -Infinity;
    },
  };
}

/** True where an item of the history is put behind all others. */
export function isPushed(which: PushDown, { inSession }: PersonalItem): boolean {
  return which === 'history' || (which === 'session' && inSession);
}
