import { backOff } from './backOff.ts';

/** Runs a job again and again while the page is seen. */
export interface RefreshLoop {
  /** Runs the job now; the next run follows `pause` later. */
  run(): void;
  stop(): void;
}

/** Longest pause after failures, as a multiple of `pause`. */
const MOST_PATIENCE = 8;

/**
 * @param job rejects where it failed; the next run then comes sooner at first, later with each failure
 * @param pause milliseconds between two runs, 0 for no second one
 * @param ended called after each run, with the error if there was one
 */
export function refreshLoop(
  job: () => Promise<void>,
  pause: number,
  ended: (error?: Error) => void,
): RefreshLoop {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const stopped = new AbortController();
  const { signal } = stopped;
  const isHidden = (): boolean => globalThis.document?.visibilityState === 'hidden';

  const run = async (): Promise<void> => {
    clearTimeout(timer);
    const problem = await job().then(
      () => undefined,
      (error: Error) => error,
    );
    failures = problem === undefined ? 0 : failures + 1;
    if (signal.aborted) return;
    ended(problem);
    clearTimeout(timer);
    // Where the page is hidden, its return runs the job.
    if (pause > 0 && !isHidden())
      timer = setTimeout(run, failures > 0 ? backOff(failures, MOST_PATIENCE * pause) : pause);
  };
  const wake = (): void => {
    if (!isHidden()) void run();
  };
  globalThis.addEventListener?.('online', wake, { signal });
  globalThis.document?.addEventListener('visibilitychange', wake, { signal });
  void run();

  return {
    run: () => void run(),
    stop() {
      stopped.abort();
      clearTimeout(timer);
    },
  };
}
