/** Runs a job again and again while the page is seen. */
export interface RefreshLoop {
  /** Runs the job now; the next run follows `pause` later. */
  run(): void;
  stop(): void;
}

/** Longest pause after failures, as a multiple of `pause`. */
const MOST_PATIENCE = 8;

/**
 * @param job rejects where it failed; the pause then doubles each time
 * @param pause milliseconds between two runs, 0 for no second one
 * @param ended called after each run, with the error if there was one
 */
export function refreshLoop(
  job: () => Promise<void>,
  pause: number,
  ended: (error?: Error) => void,
): RefreshLoop {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let patience = 1;
  let stopped = false;
  const isHidden = (): boolean => globalThis.document?.visibilityState === 'hidden';

  const run = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      await job();
      patience = 1;
      if (!stopped) ended();
    } catch (error) {
      patience = Math.min(MOST_PATIENCE, 2 * patience);
      if (!stopped) ended(error as Error);
    }
    clearTimeout(timer);
    // Where the page is hidden, its return runs the job.
    if (pause > 0 && !stopped && !isHidden()) timer = setTimeout(run, pause * patience);
  };
  const wake = (): void => {
    if (!isHidden()) void run();
  };
  globalThis.addEventListener?.('online', wake);
  globalThis.document?.addEventListener('visibilitychange', wake);
  void run();

  return {
    run: () => void run(),
    stop() {
      stopped = true;
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', wake);
      globalThis.document?.removeEventListener('visibilitychange', wake);
    },
  };
}
