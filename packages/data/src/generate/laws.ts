import type { Random } from '@losslab/kernels';

/** Spread of the logarithm of users' activity. */
const ACTIVITY_SPREAD = 0.6;

/** How active a user is: log-normal, 1 on average. */
export function drawActivity(random: Random): number {
  return Math.exp(ACTIVITY_SPREAD * random.normal() - ACTIVITY_SPREAD ** 2 / 2);
}

/** Zipf's law over items in random order: the k-th most popular one has weight k^-skew. [items] */
export function drawPopularity(random: Random, items: number, skew: number): Float32Array {
  return Float32Array.from(random.permutation(items), (rank) => (rank + 1) ** -skew);
}
