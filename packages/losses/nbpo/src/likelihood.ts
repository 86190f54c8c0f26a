import type { Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { gammaOf } from './noise-model.ts';
import { minusSum } from './terms.ts';

type Sigmoid = (x: tf.Tensor2D) => tf.Tensor2D;

/**
 * The surrogate likelihood, negated and as a mean over rows (Yu & Qin, SIGIR 2020, eq. 8):
 *
 *     L_s = Σ_{(u,i)∈R} σ(−Γ̂_ui) σ(R̂_ui) + Σ_{(u,i)∉R} [ σ(−R̂_ui) + σ(Γ̂_ui) σ(R̂_ui) ]
 *
 * @param scores R̂ of positive [B, M] and negative [B, N] pairs, and in `auxiliary.gamma` Γ̂ of the same
 * @param sigma σ with the gradient that it is to have
 */
export function surrogateLikelihoodLoss(scores: Scores, sigma: Sigmoid): tf.Scalar {
  const { positive, negative } = scores;
  const gamma = gammaOf(scores);
  const voted = tf.mul(sigma(tf.neg(gamma.positive)), sigma(positive)); // (B, M)
  const unvoted = tf.add(sigma(tf.neg(negative)), tf.mul(sigma(gamma.negative), sigma(negative))); // (B, N)
  return minusSum(voted as tf.Tensor2D, unvoted as tf.Tensor2D);
}
