/**
 * BCE, binary cross-entropy. Eq. 1 and 2 of Wu et al., "BSL: Understanding and Improving Softmax Loss for
 * Recommendation", ICDE 2024, after He et al., "Neural Collaborative Filtering", WWW 2017, eq. 7:
 *
 *     L = −E_{i∼P⁺} [ ln σ(s(u,i)) ] − c · E_{j∼P⁻} [ ln(1 − σ(s(u,j))) ]
 *
 * With −ln σ(x) = softplus(−x) and −ln(1 − σ(x)) = softplus(x).
 * Deviation: pairs that carry a label y, where a batch has them, add E [ softplus(x) − y·x ]; eq. 1 knows none.
 */
import { softplus } from '@losslab/backend/ops';
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import type * as z from 'zod';
import { pointwise, pointwiseNeeds, pointwiseOptions } from './pointwise.ts';

/**
 * −ln of the likelihood of labels under σ(s), mean over pairs.
 * @param scores any shape, float32
 * @param labels 0 or 1: one number for all, or a tensor of the scores' shape
 */
export function crossEntropy(scores: tf.Tensor, labels: tf.Tensor | number): tf.Scalar {
  if (labels === 0) return tf.mean(softplus(scores));
  if (labels === 1) return tf.mean(softplus(tf.neg(scores)));
  return tf.mean(tf.sub(softplus(scores), tf.mul(labels, scores)));
}

export const bce: LossDefinition<z.output<typeof pointwiseOptions>> = {
  kind: 'loss',
  name: 'bce',
  summary: 'Binary cross-entropy: positives towards σ(s) = 1, negatives towards 0; takes labelled pairs too.',
  source: 'Wu et al., ICDE 2024, eq. 1-2; He et al., WWW 2017, eq. 7',
  options: pointwiseOptions,
  create: ({ c }) => ({
    name: 'bce',
    needs: pointwiseNeeds,
    gradient: 'exact',
    compute: (scores: Scores, batch) => pointwise(crossEntropy, scores, batch, c),
  }),
};
