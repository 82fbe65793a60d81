import { type Workers, withWorkers } from '../src/index.ts';

/** Runs a function that takes workers on two of them. */
export function onTwo<A extends unknown[], R>(
  run: (workers: Workers, ...rest: A) => Promise<R>,
  ...rest: A
): Promise<R> {
  return withWorkers(2, (workers) => run(workers, ...rest));
}
