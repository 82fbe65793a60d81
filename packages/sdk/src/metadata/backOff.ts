/**
 * Milliseconds to wait after so many failures in a row: at first a second, then twice as long each time, and less by chance, up to
 * half, so that browsers which failed together do not come back together.
 *
 * @param failures >= 1
 */
export function backOff(failures: number, longest: number): number {
  return Math.min(longest, 500 * 2 ** failures) * (1 - Math.random() / 2);
}
