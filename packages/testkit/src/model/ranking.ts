import type { Ranker } from '@losslab/core';

/** All of a user's scores as the ranker has them, in float64. */
export function rankerScores(ranker: Ranker, user: number): Float64Array {
  if (ranker.kind === 'scores') {
    const out = new Float32Array(ranker.itemCount);
    ranker.score(Int32Array.of(user), out);
    return Float64Array.from(out);
  }
  const { dimension: D, users, items } = ranker;
  return Float64Array.from({ length: ranker.itemCount }, (_, item) => {
    let score = 0;
    for (let d = 0; d < D; d++) score += users[user * D + d]! * items[item * D + d]!;
    return score;
  });
}

/** The best of `items` by `scores`; of equals the first. */
export function bestOf(scores: ArrayLike<number>, items: readonly number[]): number {
  return items.reduce((best, item) => (scores[item]! > scores[best]! ? item : best), items[0]!);
}
