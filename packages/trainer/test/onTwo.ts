import { afterAll } from 'vitest';
import { type Workers, withWorkers } from '../src/index.ts';

let end = (): void => {};
let ended: Promise<void>;
const two = new Promise<Workers>((resolve) => {
  ended = withWorkers(2, (workers) => {
    resolve(workers);
    return new Promise<void>((done) => (end = done));
  });
});
afterAll(async () => {
  end();
  await ended;
});

/** Runs a function that takes workers on two of them, the same ones in all tests of a file: they have read their code, and run it fast. */
export async function onTwo<A extends unknown[], R>(
  run: (workers: Workers, ...rest: A) => Promise<R>,
  ...rest: A
): Promise<R> {
  return await run(await two, ...rest);
}
