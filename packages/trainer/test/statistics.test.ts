import { describe, expect, it } from 'vitest';
import { chiSquare } from '../src/measure/chiSquare.ts';
import { aheadOf, intervalOf, type Moments, ratioOf } from '../src/measure/ratio.ts';
import { seededRandom } from '../src/train/random.ts';
import { signTest } from '../src/measure/signTest.ts';
import { wilson } from '../src/measure/wilson.ts';

describe('an interval by Wilson', () => {
  // statsmodels 0.15.0: proportion_confint(hits, of, method='wilson')
  it.each([
    [0, 10, 0, 0.27753279986288926],
    [3, 10, 0.10779126740630104, 0.6032218525388546],
    [10, 10, 0.7224672001371106, 1],
    [37, 1200, 0.022451332120917745, 0.04220955677798186],
    [1, 100_000, 1.7652477303783092e-6, 5.664709659040968e-5],
  ])('is that of statsmodels: %d of %d', (hits, of, low, high) => {
    const interval = wilson(hits, of);
    expect(interval.mean).toBe(hits / of);
    expect(interval.low).toBeCloseTo(low, 12);
    expect(interval.high).toBeCloseTo(high, 12);
  });

  it('is everything where there is nothing', () => {
    expect(wilson(0, 0)).toEqual({ mean: 0, low: 0, high: 1 });
  });
});

describe("Pearson's test", () => {
  // scipy 1.17.1: scipy.stats.chisquare(found, wanted)
  it.each([
    [[510, 490], [0.5, 0.5], 0.4, 0.5270892568655381],
    [[1000, 1000], [0.5, 0.5], 0, 1],
    [[9100, 900], [0.9, 0.1], 11.11111111111111, 0.0008581206663936758],
    [[9200, 800], [0.9, 0.1], 44.44444444444444, 2.6167849372106072e-11],
    [[6000, 4000], [0.5, 0.5], 400, 5.507248237212379e-89],
    [[30, 25, 45], [1 / 3, 1 / 3, 1 / 3], 6.5, 0.038774207831721974],
    [[5, 7, 9, 11, 40], [0.2, 0.2, 0.2, 0.2, 0.2], 58.277777777777786, 6.672192753539336e-12],
  ])('is that of scipy: %j', (found, wanted, statistic, p) => {
    const test = chiSquare(found, wanted);
    expect(test.statistic).toBeCloseTo(statistic, 9);
    expect(test.p / p).toBeCloseTo(1, 9);
  });
});

describe('the sign test', () => {
  // scipy 1.17.1: scipy.stats.binomtest(wins, wins + losses).pvalue
  it.each([
    [8, 2, 0.109375],
    [0, 0, 1],
    [5, 5, 1],
    [0, 12, 0.00048828125],
    [60, 40, 0.05688793364098089],
    [520, 480, 0.2174482932041415],
    [30_000, 29_000, 3.907020967830222e-5],
  ])('is that of scipy: %d to %d', (wins, losses, p) => {
    expect(signTest(wins, losses) / p).toBeCloseTo(1, 7);
  });
});

describe('a ratio over sessions', () => {
  const moments = (x: readonly number[], y: readonly number[]): Moments => {
    const sum = (of: (k: number) => number): number => x.reduce((sum, _, k) => sum + of(k), 0);
    return {
      units: x.length,
      x: sum((k) => x[k]!),
      y: sum((k) => y[k]!),
      xx: sum((k) => x[k]! ** 2),
      yy: sum((k) => y[k]! ** 2),
      xy: sum((k) => x[k]! * y[k]!),
    };
  };
  const clicks = [3, 0, 1, 4, 2, 0, 5, 1];
  const impressions = [10, 4, 6, 12, 8, 3, 15, 7];

  it('has the variance of the delta method', () => {
    // numpy: Var(x)/y^2 - 2 x Cov(x, y)/y^3 + x^2 Var(y)/y^4 of the means, over 8 sessions
    const ratio = ratioOf(moments(clicks, impressions))!;
    expect(ratio.value).toBeCloseTo(0.24615384615384617, 12);
    expect(ratio.variance).toBeCloseTo(0.0014500012504564171, 12);
  });

  it('is a mean and its variance where each session counts once', () => {
    const ones = clicks.map(() => 1);
    const { value, variance } = ratioOf(moments(clicks, ones))!;
    expect(value).toBe(2);
    expect(variance).toBeCloseTo(0.42857142857142855, 12);
  });

  it('is ahead of another by as much as the statistic of Welch says', () => {
    const one = ratioOf(moments([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]))!;
    const other = ratioOf(moments([2, 4, 6, 9], [1, 1, 1, 1]))!;
    const { mean, high } = aheadOf(one, other);
    // scipy 1.17.1: ttest_ind(..., equal_var=False).statistic
    expect(mean / ((high - mean) / 1.959963984540054)).toBeCloseTo(-1.3619698352243594, 10);
    expect(intervalOf(one).low).toBeCloseTo(3 - 1.959963984540054 * Math.sqrt(2.5 / 5), 10);
  });

  it('finds a difference between equals once in 20, of shoppers who click as differently as they like', () => {
    const random = seededRandom(5);
    const tries = 4000;
    let wrong = 0;
    for (let k = 0; k < tries; k++) {
      const arms = [0, 1].map(() => {
        const seen = Array.from({ length: 150 }, () => 1 + Math.floor(random() * 12));
        const taste = seen.map(() => random() ** 4);
        return ratioOf(
          moments(
            seen.map((n, s) => Array.from({ length: n }, random).filter((x) => x < taste[s]!).length),
            seen,
          ),
        )!;
      });
      const { low, high } = aheadOf(arms[0]!, arms[1]!);
      if (low > 0 || high < 0) wrong++;
    }
    // 0.05, four standard errors more or less.
    expect(Math.abs(wrong / tries - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / tries));
  });

  it('says nothing of a single session', () => {
    expect(ratioOf(moments([1], [1]))).toBeUndefined();
  });
});
