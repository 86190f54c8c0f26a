/**
 * The point-wise losses' common form. Eq. 1 of Wu et al., "BSL", ICDE 2024:
 *
 *     L = −E_{i∼P⁺} [ φ(s(u,i)) ] + c · E_{j∼P⁻} [ ψ(s(u,j)) ]
 *
 * E over P⁺ is the mean over all [B, M] positives, E over P⁻ the mean over all [B, N] negatives: c balances the two
 * sides whatever M and N are. c = N/M weighs every pair alike, as a sum over pairs would.
 */
import { type Batch, LosslabError, type LossNeeds, type Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

export const pointwiseOptions = z.strictObject({
  c: z
    .number()
    .nonnegative('must be >= 0 (eq. 1)')
    .default(1)
    .describe('Weight c ≥ 0 of the negatives’ mean against the positives’; N/M weighs every pair alike.'),
});

/** Columns may be missing altogether: a batch of labelled pairs alone will do. */
export const pointwiseNeeds: LossNeeds = {
  positives: { least: 0, usual: 1 },
  negatives: { least: 0, usual: 1 },
  inBatch: true,
  labelled: false,
  similarity: 'dot',
};

/** The mean loss of pairs with these scores and labels. */
export type PairLoss = (scores: tf.Tensor, labels: tf.Tensor | number) => tf.Scalar;

/** @throws LosslabError `bad-data` where the batch has no pair at all */
export function pointwise(pairLoss: PairLoss, scores: Scores, { labelled }: Batch, c: number): tf.Scalar {
  const terms: tf.Scalar[] = [];
  if (scores.positive.size > 0) terms.push(pairLoss(scores.positive, 1));
  if (scores.negative.size > 0) terms.push(tf.mul(c, pairLoss(scores.negative, 0)));
  if (scores.labelled && labelled) terms.push(pairLoss(scores.labelled, tf.tensor1d(labelled.labels)));
  if (terms.length === 0) {
    throw new LosslabError(
      'bad-data',
      '[loss-classic] expected a batch with positives, negatives or labelled pairs, got none; ask the sampler for some',
    );
  }
  return tf.addN(terms);
}
