/** Milliseconds that an idle moment must have left: longer work would be felt. */
const SLICE = 8;
/** Browsers that tell of no idle moments: after this pause. */
const PAUSE = 200;

/** Settles in a moment when the page has nothing to do, and some time for it. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback !== 'function') {
      setTimeout(resolve, PAUSE);
      return;
    }
    const look = (deadline: IdleDeadline): void => {
      if (deadline.timeRemaining() >= SLICE) resolve();
      else requestIdleCallback(look);
    };
    requestIdleCallback(look);
  });
}
