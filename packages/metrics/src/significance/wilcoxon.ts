import { normalUpperTail } from './distributions.ts';
import { type Alternative, differences, pValueOf } from './pairs.ts';

export interface WilcoxonTest {
  readonly test: 'Wilcoxon signed-rank';
  /** Pairs that differ; the others are dropped, as Wilcoxon did. */
  readonly n: number;
  readonly zeroCount: number;
  readonly rankSumPositive: number; // W⁺
  readonly rankSumNegative: number; // W⁻
  /** The smaller rank sum, as tables have it. */
  readonly statistic: number;
  readonly pValue: number;
  readonly method: 'exact' | 'normal';
  readonly alternative: Alternative;
  /** Matched-pairs rank-biserial correlation (W⁺ − W⁻) / (W⁺ + W⁻), from −1 to 1 (Kerby 2014); 0 without differences. */
  readonly effectSize: number;
}

/** Up to so many differing pairs all 2ⁿ signs are counted. */
const MOST_EXACT = 50;

/** Ranks of the magnitudes times two, so that mean ranks of ties are whole, and the sizes of the ties. */
function doubledRanks(magnitudes: Float64Array): { ranks: Int32Array; ties: number[] } {
  const order = Array.from(magnitudes.keys()).sort((a, b) => magnitudes[a]! - magnitudes[b]!);
  const ranks = new Int32Array(magnitudes.length);
  const ties: number[] = [];
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && magnitudes[order[end]!] === magnitudes[order[start]!]) end++;
    for (const at of order.slice(start, end)) ranks[at] = start + 1 + end;
    ties.push(end - start);
  }
  return { ranks, ties };
}

/** P(sum ≥ observed) over all signs: the share of subsets of the ranks whose sum is at least that. */
function exactUpperTail(ranks: Int32Array, observed: number): number {
  const total = ranks.reduce((a, b) => a + b, 0);
  const shares = new Float64Array(total + 1);
  shares[0] = 1;
  for (const rank of ranks) {
    for (let sum = total; sum >= 0; sum--) shares[sum] = (shares[sum]! + (sum >= rank ? shares[sum - rank]! : 0)) / 2;
  }
  return shares.subarray(Math.ceil(observed)).reduce((a, b) => a + b, 0);
}

/** The same by the normal law with the variance reduced for ties and the continuity correction of 1/2. */
function normalTail(n: number, ties: readonly number[], rankSum: number): number {
  const mean = (n * (n + 1)) / 4;
  const tied = ties.reduce((sum, t) => sum + t ** 3 - t, 0);
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tied / 48;
  return normalUpperTail((rankSum - 0.5 - mean) / Math.sqrt(variance));
}

/**
 * Wilcoxon's signed-rank test of first − second being symmetric about 0 (Wilcoxon 1945). Pairs without difference are
 * dropped, ties get mean ranks. Up to 50 differing pairs the p-value is exact, given the ties; beyond that the normal law with
 * tie and continuity corrections.
 * @throws LosslabError `bad-data` for no pairs, other lengths, or values that are not finite.
 */
export function wilcoxon(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { alternative = 'two-sided' }: { alternative?: Alternative } = {},
): WilcoxonTest {
  const all = differences(first, second, 1);
  const differing = all.filter((difference) => difference !== 0);
  const n = differing.length;
  const { ranks, ties } = doubledRanks(differing.map(Math.abs));
  const positive = ranks.reduce((sum, rank, at) => sum + (differing[at]! > 0 ? rank : 0), 0) / 2;
  const total = (n * (n + 1)) / 2;
  const negative = total - positive;
  const method = n <= MOST_EXACT ? 'exact' : 'normal';
  const tail = (sum: number): number =>
    method === 'exact' ? exactUpperTail(ranks, 2 * sum) : normalTail(n, ties, sum);
  return {
    test: 'Wilcoxon signed-rank',
    n,
    zeroCount: all.length - n,
    rankSumPositive: positive,
    rankSumNegative: negative,
    statistic: Math.min(positive, negative),
    pValue: pValueOf(alternative, tail(positive), tail(negative)),
    method,
    alternative,
    effectSize: n === 0 ? 0 : (positive - negative) / total,
  };
}
