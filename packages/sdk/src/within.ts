/** Timers wrap around beyond this many milliseconds, and fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Waits for some work, but no longer than `milliseconds` and until `signal` fires, whether or not the work succeeds. */
export async function within(
  milliseconds: number,
  work: Promise<unknown>,
  signal?: AbortSignal,
): Promise<void> {
  let end = (): void => {};
  const enough = new Promise<void>((resolve) => (end = resolve));
  const timer = setTimeout(end, Math.min(milliseconds, LONGEST));
  signal?.addEventListener('abort', end);
  await Promise.race([work.catch(() => {}), enough]);
  clearTimeout(timer);
  signal?.removeEventListener('abort', end);
}
