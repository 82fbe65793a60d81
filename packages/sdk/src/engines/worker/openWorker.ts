import type { FromWorker } from './messages.ts';
import { trustedScript } from './trustedScript.ts';

/** Milliseconds in which a worker is to come up. */
const PATIENCE = 5000;
const TOO_LATE = `its script did not come within ${PATIENCE / 1000} s`;

/** What the script tag offers: the text of a file of its build, held against its digest. */
type Tag = { readonly evershelf?: { text?(url: string): Promise<string | undefined> } };

/**
 * The ways to a worker: as bundlers know it, which lies on the page's own origin; and where scripts come from another one, a worker of
 * the page's own that imports it from beside this file. Where the script tag knows its digest, it is held against that first, and what
 * comes from another origin runs as the text that was.
 */
async function ways(): Promise<(() => Promise<Worker>)[]> {
  const { href, origin } = new URL(/* @vite-ignore */ /* webpackIgnore: true */ 'worker.js', import.meta.url);
  const text = await inTime((globalThis as Tag).evershelf?.text?.(href));
  const ofCode = (code: string) => async (): Promise<Worker> => {
    const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    try {
      return await ready(new Worker(trustedScript(address), { type: 'module' }));
    } finally {
      URL.revokeObjectURL(address);
    }
  };
  if (text === undefined)
    return [
      async () => ready(new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })),
      ofCode(`import ${JSON.stringify(href)};`),
    ];
  const direct = async (): Promise<Worker> => ready(new Worker(trustedScript(href), { type: 'module' }));
  return origin === location.origin ? [direct, ofCode(text)] : [ofCode(text)];
}

/**
 * Opens a worker that is ready for messages.
 *
 * @throws {Error} where the browser has none, the page's policy forbids it or its script is not to be had
 */
export async function openWorker(): Promise<Worker> {
  if (typeof Worker !== 'function') throw new Error('the browser has none');
  let reason = '';
  for (const open of await ways()) {
    try {
      return await open();
    } catch (error) {
      reason = (error as Error).message;
    }
  }
  throw new Error(reason);
}

/** What a worker waits for. @throws {Error} where that does not come in time */
function inTime<T>(coming: Promise<T> | undefined): Promise<T> | undefined {
  return (
    coming &&
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(TOO_LATE)), PATIENCE);
      coming.then(resolve, reject).finally(() => clearTimeout(timer));
    })
  );
}

/** A worker that has said that it is ready. */
function ready(worker: Worker): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => {
      clearTimeout(timer);
      worker.terminate();
      reject(new Error(reason));
    };
    const timer = setTimeout(() => fail(TOO_LATE), PATIENCE);
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
