/** The Log-Expectation-Exp structure of BSL (Wu et al., ICDE 2024) and what distributionally robust optimisation says of it. */
import { logMeanExp, softmax } from '@losslab/backend/ops';
import * as tf from '@tensorflow/tfjs';

/**
 * τ · log E[exp(s/τ)], the expectation being the mean over a row's columns (the terms of eq. 5 and 18).
 * @param scores [B, n], float32
 * @param tau τ > 0, in the scores' unit
 * @returns [B], between the row's mean (τ → ∞) and its largest score (τ → 0)
 */
export function logExpectationExp(scores: tf.Tensor2D, tau: number): tf.Tensor1D {
  return tf.mul(tau, logMeanExp(scores, tau));
}

/**
 * The worst case P* ∝ exp(s/τ) of eq. 7 over each row's columns: how much each score pulls (Figure 4b).
 * @returns [B, n], rows sum to 1
 */
export function worstCase(scores: tf.Tensor2D, tau: number): tf.Tensor2D {
  return softmax(tf.div(scores, tau));
}

/**
 * η ≈ V[s] / (2τ²), the radius of the uncertainty set that τ stands for (Corollary III.1, eq. 16; Figure 3b).
 * @returns [B], a Kullback-Leibler divergence in nats
 */
export function robustnessRadius(scores: tf.Tensor2D, tau: number): tf.Tensor1D {
  return tf.div(tf.moments(scores, 1).variance, 2 * tau * tau);
}
