import type { ColumnRange } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';

/** The observed positive i and the paper's M further positives k ∼ p_u⁺: M + 1 columns in a batch. Paper: M of 10 to 50. */
export const debiasedPositives: ColumnRange = { least: 2, usual: 11 };

/** ŷ_ui [B] of the observed positive, column 0, and ŷ_uk [B, M] of the further ones. */
export function splitPositives(positive: tf.Tensor2D): { observed: tf.Tensor1D; further: tf.Tensor2D } {
  const observed = tf.squeeze<tf.Tensor1D>(tf.slice(positive, [0, 0], [-1, 1]), [1]);
  return { observed, further: tf.slice(positive, [0, 1]) };
}
