import type { RankedUser } from '@losslab/core';

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
