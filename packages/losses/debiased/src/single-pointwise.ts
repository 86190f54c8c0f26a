/**
 * Single point-wise losses, each score's distance to its target. Jin & Li, 2023:
 *
 *     MSE  l⁺(ŷ) = (1 − ŷ)²     l⁻(ŷ) = ŷ²                   (eq. 17)
 *     CCL  l⁺(ŷ) = 1 − ŷ        l⁻(ŷ) = ReLU(ŷ − ε)          (eq. 19)
 */
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

/** l⁺ and l⁻, score by score. */
export interface SinglePointwise {
  positive(scores: tf.Tensor): tf.Tensor;
  negative(scores: tf.Tensor): tf.Tensor;
}

/** Eq. 17. */
export const squaredErrors: SinglePointwise = {
  positive: (scores) => tf.square(tf.sub(1, scores)),
  negative: (scores) => tf.square(scores),
};

/** Eq. 19. */
export function cosineContrasts(margin: number): SinglePointwise {
  return { positive: (scores) => tf.sub(1, scores), negative: (scores) => tf.relu(tf.sub(scores, margin)) };
}

export const marginOption = (equation: string) =>
  z
    .number()
    .min(-1, `must be in [-1, 1) (${equation}, a cosine)`)
    .lt(1, `must be in [-1, 1) (${equation}, a cosine)`)
    .default(0.9)
    .describe('Margin ε in [−1, 1): negatives that score lower count nothing. Paper: 0.9 and 0.4 (Table 5).');
