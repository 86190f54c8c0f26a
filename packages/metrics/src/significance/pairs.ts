import { expected } from '../errors.ts';

/** Which difference first − second counts as evidence: any, a positive one, a negative one. */
export type Alternative = 'two-sided' | 'greater' | 'less';

/** first − second, pair by pair. @throws LosslabError `bad-data` for arrays of different lengths, short ones, or NaN. */
export function differences(first: ArrayLike<number>, second: ArrayLike<number>, least: number): Float64Array {
  if (first.length !== second.length) {
    const got = `${first.length} and ${second.length}`;
    throw expected(
      'bad-data',
      'as many values in both',
      got,
      'compare the same users or seeds, in one order',
      'values',
    );
  }
  if (first.length < least) {
    throw expected(
      'bad-data',
      `at least ${least} pairs`,
      String(first.length),
      'compare more users or seeds',
      'values',
    );
  }
  const all = Float64Array.from(first, (value, i) => value - second[i]!);
  const bad = all.findIndex((difference) => !Number.isFinite(difference));
  if (bad < 0) return all;
  throw expected(
    'bad-data',
    'finite values',
    `${first[bad]} and ${second[bad]} at ${bad}`,
    'leave the pair out',
    'values',
  );
}

/** Both values of the pairs that have two: NaN is none, as of a user without both labels. */
export function pairsWithValues(
  first: Float64Array,
  second: Float64Array,
): readonly [first: Float64Array, second: Float64Array] {
  const has = (_: number, at: number): boolean => !Number.isNaN(first[at]!) && !Number.isNaN(second[at]!);
  return [first.filter(has), second.filter(has)];
}

/** The p-value from the two tails P(≥ observed) and P(≤ observed). */
export function pValueOf(alternative: Alternative, upper: number, lower: number): number {
  if (alternative === 'greater') return upper;
  if (alternative === 'less') return lower;
  return Math.min(1, 2 * Math.min(upper, lower));
}
