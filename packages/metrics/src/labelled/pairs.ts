import type { LabelledCounts, LabelledPairs, LabelledRanking, Ranker, ScoredPairs } from '@losslab/core';
import { expected } from '../errors.ts';
import { pairScores } from './pair-scores.ts';

/**
 * Both classes must be there: one class ranks nothing above anything.
 * @param what the pairs are, for the message: `labelled test pairs`
 * @throws LosslabError `bad-data` where every label is the same, or there is none
 */
export function checkBothLabels({ labels }: LabelledPairs, what: string): void {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (positives > 0 && positives < labels.length) return;
  const got = labels.length === 0 ? 'no pair' : `${labels.length} of label ${labels[0]}`;
  throw expected(
    'bad-data',
    `${what} of both labels, 0 and 1`,
    got,
    'choose other data or another rule of labels',
    'data',
  );
}

export interface RankedPairs {
  readonly scored: ScoredPairs;
  /** Whose rankings `scored.users` are, in their order. */
  readonly users: Int32Array; // [n]
  readonly counts: LabelledCounts;
}

/**
 * The pairs ranked by score, all together and user by user, and how many there are.
 * @throws LosslabError as `checkBothLabels` and `pairScores` do
 */
export function scorePairs(ranker: Ranker, pairs: LabelledPairs): RankedPairs {
  checkBothLabels(pairs, 'labelled pairs');
  const { users, items } = pairs;
  const scores = pairScores(ranker, pairs);
  const order = Uint32Array.from(scores.keys()).sort(
    (a, b) => scores[b]! - scores[a]! || users[a]! - users[b]! || items[a]! - items[b]!,
  );
  const ranking = (rows: ArrayLike<number>): LabelledRanking => ({
    labels: Float32Array.from(rows, (row) => pairs.labels[row]!),
    scores: Float32Array.from(rows, (row) => scores[row]!),
  });
  const byUser = Map.groupBy(order, (row) => users[row]!);
  const rankings = Array.from(byUser, ([user, rows]) => ({ user, ranking: ranking(rows) }));
  const ofUsers = rankings.filter((of) => hasBothLabels(of.ranking));
  return {
    scored: { all: ranking(order), users: ofUsers.map((of) => of.ranking) },
    users: Int32Array.from(ofUsers, ({ user }) => user),
    counts: { pairs: users.length, userCount: ofUsers.length, oneClassUserCount: byUser.size - ofUsers.length },
  };
}

function hasBothLabels({ labels }: LabelledRanking): boolean {
  return labels.some((label) => label !== labels[0]);
}
