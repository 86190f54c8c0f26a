/**
 * MSE, mean squared error. Eq. 1 and 2 of Wu et al., "BSL: Understanding and Improving Softmax Loss for
 * Recommendation", ICDE 2024:
 *
 *     L = E_{i∼P⁺} [ (s(u,i) − 1)² ] + c · E_{j∼P⁻} [ (s(u,j) − 0)² ]
 *
 * Deviation: pairs that carry a label y, where a batch has them, add E [ (s − y)² ]; eq. 1 knows none.
 */
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import type * as z from 'zod';
import { pointwise, pointwiseNeeds, pointwiseOptions } from './pointwise.ts';

/**
 * Squared distance of scores to labels, mean over pairs.
 * @param scores any shape, float32
 * @param labels 0 or 1: one number for all, or a tensor of the scores' shape
 */
export function squaredError(scores: tf.Tensor, labels: tf.Tensor | number): tf.Scalar {
  return tf.mean(tf.square(tf.sub(scores, labels)));
}

export const mse: LossDefinition<z.output<typeof pointwiseOptions>> = {
  kind: 'loss',
  name: 'mse',
  summary: 'Mean squared error: positives towards a score of 1, negatives towards 0; takes labelled pairs too.',
  source: 'Wu et al., ICDE 2024, eq. 1-2',
  options: pointwiseOptions,
  create: ({ c }) => ({
    name: 'mse',
    needs: pointwiseNeeds,
    gradient: 'exact',
    compute: (scores: Scores, batch) => pointwise(squaredError, scores, batch, c),
  }),
};
