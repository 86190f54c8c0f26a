import { expect, test } from 'vitest';
import { compareEvaluations, evaluate, pairedTTest, wilcoxon } from '../src/index.ts';
import { incompleteBeta, logGamma, normalUpperTail, studentUpperTail } from '../src/significance/distributions.ts';
import { fromLists, scoreRanker } from './helpers.ts';

const zeros = (n: number) => new Float64Array(n);
const a = [0.35, 0.42, 0.12, 0.81, 0.55, 0.6, 0.28, 0.44];
const b = [0.3, 0.45, 0.1, 0.7, 0.5, 0.62, 0.2, 0.31];

test('logGamma and incompleteBeta at values in closed form', () => {
  expect(logGamma(5)).toBeCloseTo(Math.log(24), 13);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
  expect(logGamma(1e5) / (99_999.5 * Math.log(1e5) - 1e5 + 0.5 * Math.log(2 * Math.PI) + 1 / 12e5)).toBeCloseTo(1, 13);
  expect(incompleteBeta(0.3, 1, 4)).toBeCloseTo(1 - 0.7 ** 4, 14);
  expect(incompleteBeta(0.3, 3, 1)).toBeCloseTo(0.3 ** 3, 14);
  expect(incompleteBeta(0.3, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(0.3)), 14);
  expect([0, 1].map((x) => incompleteBeta(x, 2, 3))).toEqual([0, 1]);
});

// Critical values of t as printed in tables, two-sided 5 %; the last digit is rounded.
test.each([
  [1, 12.706],
  [2, 4.303],
  [5, 2.571],
  [10, 2.228],
  [30, 2.042],
  [120, 1.98],
])('the table of t: %i degrees of freedom', (degrees, critical) => {
  expect(2 * studentUpperTail(critical, degrees)).toBeCloseTo(0.05, 4);
});

// SciPy 1.17.1, t.sf and norm.sf.
test('tails agree with SciPy to nine digits and more, also far out', () => {
  const t = [
    [2.228, 10, 0.02500588590855566],
    [0.5, 3, 0.3257239824240755],
    [1.96, 1e6, 0.024998033792634926],
    [40, 5, 9.205981085886477e-8],
  ] as const;
  for (const [x, degrees, expected] of t) {
    expect(studentUpperTail(x, degrees) / expected).toBeCloseTo(1, 9);
    expect(studentUpperTail(-x, degrees)).toBeCloseTo(1 - expected, 10);
  }
  const z = [
    [0, 0.5],
    [0.5, 0.3085375387259869],
    [1.96, 0.024997895148220435],
    [2.4, 0.008197535924596131],
    [2.6, 0.004661188023718747],
    [5, 2.866515718791933e-7],
    [8, 6.22096057427174e-16],
    [20, 2.7536241186061556e-89],
  ] as const;
  for (const [x, expected] of z) expect(normalUpperTail(x) / expected).toBeCloseTo(1, 11);
});

test('paired t by arithmetic', () => {
  const result = pairedTTest([3, 4, 8], [1, 4, 4]);
  const [mean, deviation] = [(2 + 0 + 4) / 3, Math.sqrt((0 ** 2 + 2 ** 2 + 2 ** 2) / 2)];
  expect(result).toMatchObject({ n: 3, meanDifference: mean, degreesOfFreedom: 2 });
  expect(result.effectSize).toBeCloseTo(mean / deviation, 14);
  expect(result.statistic).toBeCloseTo(mean / (deviation / Math.sqrt(3)), 14);
  // With two degrees of freedom P(T > t) = 1/2 − t / (2 √(2 + t²)).
  const t = result.statistic;
  expect(result.pValue).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 13);
});

test('paired t agrees with SciPy’s ttest_rel', () => {
  expect(pairedTTest(a, b).statistic).toBeCloseTo(2.400933765291481, 12);
  expect(pairedTTest(a, b).pValue).toBeCloseTo(0.04740107975479222, 12);
  expect(pairedTTest(a, b, { alternative: 'greater' }).pValue).toBeCloseTo(0.02370053987739611, 12);
  expect(pairedTTest(a, b, { alternative: 'less' }).pValue).toBeCloseTo(1 - 0.02370053987739611, 12);
});

test('paired t without spread', () => {
  expect(pairedTTest([1, 2], [1, 2])).toMatchObject({ statistic: 0, pValue: 1, effectSize: 0 });
  expect(pairedTTest([2, 3], [1, 2])).toMatchObject({ statistic: Infinity, pValue: 0, effectSize: Infinity });
});

/** Magnitudes 1 ... n of which the negative ones sum to `sum`. */
function withRankSum(n: number, sum: number): number[] {
  let left = sum;
  return Array.from({ length: n }, (_, i) => n - i).map((rank) => {
    if (rank > left) return rank;
    left -= rank;
    return -rank;
  });
}

// The largest W significant at 5 %, two-sided, as printed in tables of the signed-rank test.
test.each([
  [6, 0],
  [8, 3],
  [10, 8],
  [15, 25],
  [20, 52],
  [25, 89],
  [30, 137],
  [50, 434],
])('the table of Wilcoxon: n = %i', (n, critical) => {
  const result = (sum: number) => wilcoxon(withRankSum(n, sum), zeros(n));
  expect(result(critical)).toMatchObject({ n, statistic: critical, rankSumNegative: critical, method: 'exact' });
  expect(result(critical).pValue).toBeLessThanOrEqual(0.05);
  expect(result(critical + 1).pValue).toBeGreaterThan(0.05);
});

test('exact p-values by counting signs', () => {
  expect(wilcoxon([1, 2, 3], zeros(3)).pValue).toBe(2 / 2 ** 3);
  expect(wilcoxon([1, 2, 3], zeros(3), { alternative: 'greater' }).pValue).toBe(1 / 2 ** 3);
  expect(wilcoxon([1, 2, 3], zeros(3), { alternative: 'less' }).pValue).toBe(1);
  expect(wilcoxon([-1, 2, 3], zeros(3), { alternative: 'greater' }).pValue).toBe(2 / 2 ** 3);
});

// Of the 1,024 ways to sign these ten differences, tied ranks and all, 108 have W⁺ ≥ 40.5 and 940 W⁺ ≤ 40.5 (counted).
test('ties get mean ranks and exact p-values', () => {
  const tied = [3, -1, 2, 2, -2, 5, 1, 4, -4, 2];
  expect(wilcoxon(tied, zeros(10))).toMatchObject({ rankSumPositive: 40.5, rankSumNegative: 14.5, statistic: 14.5 });
  expect(wilcoxon(tied, zeros(10)).effectSize).toBeCloseTo((40.5 - 14.5) / 55, 15);
  expect(wilcoxon(tied, zeros(10), { alternative: 'greater' }).pValue).toBeCloseTo(108 / 1024, 14);
  expect(wilcoxon(tied, zeros(10), { alternative: 'less' }).pValue).toBeCloseTo(940 / 1024, 14);
});

test('Wilcoxon agrees with SciPy', () => {
  expect(wilcoxon(a, b).pValue).toBeCloseTo(0.078125, 14);
  expect(wilcoxon(a, b, { alternative: 'greater' }).pValue).toBeCloseTo(0.0390625, 14);
  expect(wilcoxon(a, b, { alternative: 'less' }).pValue).toBeCloseTo(0.97265625, 14);
});

// SciPy 1.17.1: wilcoxon(x, y, method='approx', correction=True), with ties and zeros.
test('beyond 50 pairs the normal law, corrected for ties and continuity', () => {
  const x = Array.from({ length: 60 }, (_, i) => (7 * i) % 11);
  const y = Array.from({ length: 60 }, (_, i) => (5 * i + 3) % 9);
  const result = wilcoxon(x, y);
  expect(result).toMatchObject({ method: 'normal', statistic: 579.5, rankSumPositive: 1016.5 });
  expect(result.n + result.zeroCount).toBe(60);
  expect(result.pValue).toBeCloseTo(0.07458085115073869, 12);
  expect(wilcoxon(x, y, { alternative: 'greater' }).pValue).toBeCloseTo(0.037290425575369344, 12);
  expect(wilcoxon(x, y, { alternative: 'less' }).pValue).toBeCloseTo(0.9633704032579853, 12);
});

test('no differences', () => {
  expect(wilcoxon([1, 2], [1, 2])).toMatchObject({ n: 0, zeroCount: 2, statistic: 0, pValue: 1, effectSize: 0 });
});

test('what cannot be compared', () => {
  expect(() => pairedTTest([1, 2], [1])).toThrow(
    '[metrics] expected as many values in both, got 2 and 1; compare the same users or seeds',
  );
  expect(() => pairedTTest([1], [2])).toThrow('[metrics] expected at least 2 pairs, got 1');
  expect(() => wilcoxon([], [])).toThrow('[metrics] expected at least 1 pairs, got 0');
  expect(() => wilcoxon([1, Number.NaN], [1, 2])).toThrow(
    '[metrics] expected finite values, got NaN and 2 at 1; leave the pair out',
  );
});

test('two models on the same users', () => {
  const [train, test] = [fromLists(3, [[], [], []]), fromLists(3, [[0], [1], [2]])];
  const options = { train, test, at: [1], metrics: ['recall'] };
  const right = evaluate({
    ...options,
    ranker: scoreRanker(3, [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]),
  });
  const wrong = evaluate({
    ...options,
    ranker: scoreRanker(3, [
      [0, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]),
  });
  const { 'recall@1': compared } = compareEvaluations(right, wrong);
  expect(compared).toMatchObject({ first: 1, second: 1 / 3, wilcoxon: { n: 2, zeroCount: 1 } });
  expect(compared!.tTest).toEqual(pairedTTest([1, 1, 1], [0, 1, 0]));
  const fewer = evaluate({
    ...options,
    test: fromLists(3, [[0], [1], []]),
    ranker: scoreRanker(3, [
      [0, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]),
  });
  expect(() => compareEvaluations(right, fewer)).toThrow(
    '[metrics] expected evaluations of the same users, got 3 and 2',
  );
});
