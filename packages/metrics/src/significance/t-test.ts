import { studentUpperTail } from './distributions.ts';
import { type Alternative, differences, pValueOf } from './pairs.ts';

export interface PairedTTest {
  readonly test: 'paired t';
  readonly n: number;
  readonly meanDifference: number; // first − second
  readonly standardError: number;
  /** t = mean / standard error; ±∞ where all differences are alike and not 0, 0 where all are 0. */
  readonly statistic: number;
  readonly degreesOfFreedom: number; // n − 1
  readonly pValue: number;
  readonly alternative: Alternative;
  /** Cohen's d_z: mean difference / sd of the differences. */
  readonly effectSize: number;
}

/**
 * Student's paired t-test of mean(first − second) = 0 (Student 1908). It takes the differences for normal, or for many.
 * @throws LosslabError `bad-data` for fewer than two pairs, other lengths, or values that are not finite.
 */
export function pairedTTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { alternative = 'two-sided' }: { alternative?: Alternative } = {},
): PairedTTest {
  const all = differences(first, second, 2);
  const n = all.length;
  const mean = all.reduce((a, b) => a + b, 0) / n;
  const deviation = Math.sqrt(all.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (n - 1));
  const standardError = deviation / Math.sqrt(n);
  const ratio = (scale: number): number => (mean === 0 ? 0 : mean / scale);
  const statistic = ratio(standardError);
  const tails = [studentUpperTail(statistic, n - 1), studentUpperTail(-statistic, n - 1)] as const;
  return {
    test: 'paired t',
    n,
    meanDifference: mean,
    standardError,
    statistic,
    degreesOfFreedom: n - 1,
    pValue: pValueOf(alternative, ...tails),
    alternative,
    effectSize: ratio(deviation),
  };
}
