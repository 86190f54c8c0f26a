import type { LossNeeds, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';

/** The paper's setting: one observed positive a row, ρ unvoted items drawn for it, inner products. */
export const pointwiseNeeds: LossNeeds = {
  positives: { least: 1, usual: 1 },
  negatives: { least: 1, usual: 3 },
  inBatch: true,
  labelled: false,
  similarity: 'dot',
};

/** −(Σ of the voted pairs' terms + Σ of the unvoted pairs' terms) / B: what is to be maximised, as a loss. */
export function minusSum(voted: tf.Tensor2D, unvoted: tf.Tensor2D): tf.Scalar {
  return tf.div(tf.add(tf.sum(voted), tf.sum(unvoted)), -voted.shape[0]);
}

export type PairScores = Pick<Scores, 'positive' | 'negative'>;
