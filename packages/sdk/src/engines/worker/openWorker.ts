import type { FromWorker } from './messages.ts';

/** Milliseconds in which a worker is to come up. */
const PATIENCE = 5000;

/**
 * The ways to a worker: as bundlers know it, which lies on the page's own origin; and where scripts come from another one, as they
 * do to a script tag, a worker of the page's own that imports it from beside this file.
 */
const WAYS: readonly (() => Promise<Worker>)[] = [
  async () => ready(new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })),
  async () => {
    const { href } = new URL(/* @vite-ignore */ /* webpackIgnore: true */ 'worker.js', import.meta.url);
    const code = new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' });
    const address = URL.createObjectURL(code);
    try {
      return await ready(new Worker(address, { type: 'module' }));
    } finally {
      URL.revokeObjectURL(address);
    }
  },
];

/**
 * Opens a worker that is ready for messages.
 *
 * @throws {Error} where the browser has none, the page's policy forbids it or its script is not to be had
 */
export async function openWorker(): Promise<Worker> {
  if (typeof Worker !== 'function') throw new Error('the browser has none');
  let reason = '';
  for (const open of WAYS) {
    try {
      return await open();
    } catch (error) {
      reason = (error as Error).message;
    }
  }
  throw new Error(reason);
}

/** A worker that has said that it is ready. */
function ready(worker: Worker): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => {
      clearTimeout(timer);
      worker.terminate();
      reject(new Error(reason));
    };
    const timer = setTimeout(() => fail(`its script did not come within ${PATIENCE / 1000} s`), PATIENCE);
    worker.addEventListener('error', ({ message }) =>
      fail(message || "its script is not to be had, or the page's policy forbids it"),
    );
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<FromWorker>) => {
        clearTimeout(timer);
        if (data.kind === 'ready') resolve(worker);
      },
      { once: true },
    );
  });
}
