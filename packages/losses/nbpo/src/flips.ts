/** What the noise model says of unvoted pairs. Yu & Qin, SIGIR 2020, §4.1. */
import type { Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { gammaOf } from './noise-model.ts';

/** σ(Γ̂) = p(R̃ = 0 | R = 1): how likely a liked pair is to go unseen. Any shape, in [0, 1]. */
export function flipProbability<T extends tf.Tensor>(gamma: T): T {
  return tf.sigmoid(gamma);
}

/**
 * p(R = 1 | R̃ = 0) = σ(Γ̂)σ(R̂) / (σ(−R̂) + σ(Γ̂)σ(R̂)), by Bayes' theorem from the terms of eq. 5: how likely an unvoted pair is a
 * liked one that went unseen. As a logit: R̂ + ln σ(Γ̂).
 * @param preference R̂, any shape
 * @param gamma Γ̂ of the same pairs
 */
export function missedProbability<T extends tf.Tensor>(preference: T, gamma: T): T {
  return tf.sigmoid(tf.sub(preference, tf.softplus(tf.neg(gamma)))) as T;
}

/** Of a batch's pairs: the flip probability of the voted and the unvoted, and which unvoted ones were missed. */
export function inspectFlips(scores: Scores): tf.NamedTensorMap {
  const gamma = gammaOf(scores);
  return {
    positiveFlips: flipProbability(gamma.positive), // (B, M)
    negativeFlips: flipProbability(gamma.negative), // (B, N)
    missed: missedProbability(scores.negative, gamma.negative), // (B, N)
  };
}
