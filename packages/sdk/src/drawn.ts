/** Milliseconds to wait where the browser draws nothing, as in the background. */
const PATIENCE = 100;

/** Settles when the browser has drawn what the page shows now. */
export function drawn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE);
    globalThis.requestAnimationFrame?.(() => setTimeout(resolve));
  });
}
