import { later } from './later.ts';

/**
 * Runs a job again and again, `seconds` after it has ended each time; it keeps no process alive.
 *
 * @param report told where it failed
 * @returns what ends that
 */
export function every(
  seconds: number,
  job: () => Promise<void>,
  report: (error: unknown) => void,
): () => void {
  let timer: ReturnType<typeof later>;
  let stopped = false;
  const run = async (): Promise<void> => {
    await job().catch(report);
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
