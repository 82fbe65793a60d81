/** Terms after which neither expansion changes any more. */
const TERMS = 10_000;

/**
 * Pearson's test of counts against what was wanted of them.
 *
 * @param found counts, two or more
 * @param wanted shares of their sum, above 0, 1 together
 * @returns the statistic, and the probability of one as large where the shares are as wanted
 */
export function chiSquare(
  found: readonly number[],
  wanted: readonly number[],
): { statistic: number; p: number } {
  const sum = found.reduce((sum, count) => sum + count, 0);
  const statistic = found.reduce((all, count, k) => {
    const expected = sum * wanted[k]!;
    return expected === 0 ? all : all + (count - expected) ** 2 / expected;
  }, 0);
  return { statistic, p: upperGamma((found.length - 1) / 2, statistic / 2) };
}

/**
 * The regularised upper incomplete gamma function Q(a, x) for a = 1/2, 1, 3/2, ...: its series below a + 1, its continued fraction
 * above (DLMF 8.11.4 and 8.9.2).
 */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < TERMS && term > sum * Number.EPSILON; n++) sum += term *= x / (a + n);
    return 1 - scale * sum;
  }
  let fraction = 0;
  for (let n = Math.ceil(30 + 200 / x); n > 0; n--) fraction = (n * (n - a)) / (x + 2 * n + 1 - a - fraction);
  return scale / (x + 1 - a - fraction);
}

/** Of a whole number or a half, from 1/2 on. */
function logGamma(a: number): number {
  let at = Number.isInteger(a) ? 1 : 0.5;
  let log = at === 1 ? 0 : Math.log(Math.PI) / 2;
  for (; at < a; at++) log += Math.log(at);
  return log;
}
