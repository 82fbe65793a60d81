/**
 * Milliseconds after which long work lets the page in. The page is to be held no longer than 8: a part ends late, and what called
 * has worked before.
 */
export const SLICE = 2;

/** Lets the page do what it has to do; a message is back at once where a timer of 0 ms waits for 4. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}

/** A function to call between parts of long work: breathes where a slice is over, and says whether it did. */
export function pacer(): () => Promise<boolean> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < SLICE) return false;
    await breathe();
    began = performance.now();
    return true;
  };
}
