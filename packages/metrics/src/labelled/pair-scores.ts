import type { FactorRanker, LabelledPairs, Ranker, ScoreRanker } from '@losslab/core';
import { expected } from '../errors.ts';

type Pairs = Pick<LabelledPairs, 'users' | 'items'>;

/**
 * The model's score of each pair, [L].
 * @throws LosslabError `not-finite` where one is NaN
 */
export function pairScores(ranker: Ranker, pairs: Pairs): Float32Array {
  const scores = ranker.kind === 'factors' ? products(ranker, pairs) : ownScores(ranker, pairs);
  const bad = scores.findIndex((score) => Number.isNaN(score));
  if (bad < 0) return scores;
  const what = `a score for user ${pairs.users[bad]} and item ${pairs.items[bad]}`;
  throw expected('not-finite', what, 'NaN', 'lower the learning rate', 'ranker');
}

function products({ users: U, items: V, dimension }: FactorRanker, { users, items }: Pairs): Float32Array {
  return Float32Array.from(users, (user, row) => {
    const [u, i] = [user * dimension, items[row]! * dimension];
    let sum = 0;
    for (let d = 0; d < dimension; d++) sum += U[u + d]! * V[i + d]!;
    return sum;
  });
}

function ownScores(ranker: ScoreRanker, { users, items }: Pairs): Float32Array {
  if (ranker.pairs !== undefined) return ranker.pairs(users, items);
  const scores = new Float32Array(users.length);
  const ofUser = new Float32Array(ranker.itemCount);
  for (const [user, rows] of Map.groupBy(users.keys(), (row) => users[row]!)) {
    ranker.score(Int32Array.of(user), ofUser);
    for (const row of rows) scores[row] = ofUser[items[row]!]!;
  }
  return scores;
}
