import { later } from './later.ts';

/**
 * Runs a job again and again, `seconds` after it has ended each time; it keeps no process alive.
 *
 * @param report told where it failed, and not again while it fails in the same way
 * @returns what ends that
 */
export function every(
  seconds: number,
  job: () => Promise<void>,
  report: (error: unknown) => void,
): () => void {
  let timer: ReturnType<typeof later>;
  let stopped = false;
  let told: string | undefined;
  const run = async (): Promise<void> => {
    await job().then(
      () => {
        told = undefined;
      },
      (error: Error) => {
        if (error.message !== told) report(error);
        told = error.message;
      },
    );
    if (!stopped) plan();
  };
  const plan = (): void => {
    timer = later(seconds * 1000, () => void run());
  };
  plan();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
