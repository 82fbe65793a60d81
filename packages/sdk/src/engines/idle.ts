import { visible } from './visible.ts';

/** Milliseconds that an idle moment must have left: longer work would be felt. */
const SLICE = 8;
/** Browsers that tell of no idle moments: after this pause. */
const PAUSE = 200;

/** Settles in a moment when the page has nothing to do, and some time for it; never while nobody sees the page. */
export async function idle(): Promise<void> {
  await visible();
  await new Promise<void>((resolve) => {
    if (typeof requestIdleCallback !== 'function') {
      setTimeout(resolve, PAUSE);
      return;
    }
    const look = async (deadline: IdleDeadline): Promise<void> => {
      if (deadline.timeRemaining() >= SLICE && document.visibilityState !== 'hidden') return resolve();
      await visible();
      requestIdleCallback(look);
    };
    requestIdleCallback(look);
  });
}
