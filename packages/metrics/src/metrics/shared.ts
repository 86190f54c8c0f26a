import type { RankedUser } from '@losslab/core';
import * as z from 'zod';

/** Hits among the first k. */
export function hitCount({ hits }: RankedUser, k: number): number {
  let count = 0;
  for (let rank = 0; rank < k; rank++) count += hits[rank]!;
  return count;
}

/** Σ over ranks 1 ... k that hit, of gain(rank). */
export function sumOverHits({ hits }: RankedUser, k: number, gain: (rank: number) => number): number {
  let sum = 0;
  for (let rank = 1; rank <= k; rank++) if (hits[rank - 1] === 1) sum += gain(rank);
  return sum;
}

/** Of the gain at a rank from 1. */
export const discount = (rank: number): number => 1 / Math.log2(rank + 1);

/** ln σ(x) without overflow. */
export function logSigmoid(x: number): number {
  return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
}

/** Sums of discounts over ranks 1 ... count, kept between calls. */
export function idealGains(): (count: number) => number {
  const sums = [0];
  return (count) => {
    for (let rank = sums.length; rank <= count; rank++) sums.push(sums[rank - 1]! + discount(rank));
    return sums[count]!;
  };
}

/** How many users have each item among their first k, [items]. */
export function exposures(users: readonly RankedUser[], k: number, itemCount: number): Int32Array {
  const counts = new Int32Array(itemCount);
  for (const { ranked } of users) {
    for (let rank = 0; rank < k && ranked[rank]! >= 0; rank++) counts[ranked[rank]!]!++;
  }
  return counts;
}

export const groupCount = z
  .int()
  .min(2, 'must be in [2, 100]')
  .max(100, 'must be in [2, 100]')
  .default(10)
  .describe('Groups of items, of equal total popularity, from 2 to 100.');
