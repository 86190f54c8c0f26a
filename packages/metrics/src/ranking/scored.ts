import { type Interactions, itemsOf, type Ranker, type ScoredUser } from '@losslab/core';
import { factorScores } from './blocks.ts';
import { unionOf } from './mask.ts';

interface ScoreOptions {
  readonly ranker: Ranker;
  readonly mask: readonly Interactions[];
  readonly test: Interactions;
  readonly users: Int32Array; // [n]
}

/** The scores of every item, user by user, with what is held out and what is left out. */
export function* scoredUsers({ ranker, mask, test, users }: ScoreOptions): Generator<ScoredUser> {
  const { indptr, indices } = unionOf(mask, ranker.userCount);
  for (const user of users) {
    const masked = indices.subarray(indptr[user]!, indptr[user + 1]!);
    yield { scores: scoresOf(ranker, user), relevant: itemsOf(test, user), masked };
  }
}

function scoresOf(ranker: Ranker, user: number): Float32Array {
  if (ranker.kind === 'factors') return factorScores(ranker, user);
  const out = new Float32Array(ranker.itemCount);
  ranker.score(Int32Array.of(user), out);
  return out;
}
