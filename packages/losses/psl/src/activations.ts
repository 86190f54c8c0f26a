/** log σ(d) of PSL's surrogate activations (Yang et al., NeurIPS 2024), finite for every finite d. */
import { logSigmoid } from '@losslab/backend/ops';
import * as tf from '@tensorflow/tfjs';

/** From d [B, N] to log σ(d) [B, N]. */
export type LogActivation = (d: tf.Tensor2D) => tf.Tensor2D;

/** Where the logarithm gives way to its tangent. Within d ∈ [−1, 1] only relu comes below it, in the last thousandth. */
const LEAST = 2 ** -10;

/** log x, and below LEAST its tangent: a negative left far behind keeps a weight of nearly 0 and a finite gradient. */
function tangentLog(x: tf.Tensor2D): tf.Tensor2D {
  const kept = tf.maximum<tf.Tensor2D>(x, LEAST);
  return tf.add(tf.log(kept), tf.div(tf.sub(x, kept), LEAST));
}

export const activations = {
  tanh: (d) => tf.add(Math.LN2, logSigmoid(tf.mul<tf.Tensor2D>(2, d))), // tanh(d) + 1 = 2 / (1 + exp(−2d))
  relu: (d) => tangentLog(tf.add(d, 1)),
  atan: (d) => tangentLog(tf.add(tf.atan(d), 1)),
  exp: (d) => d,
} satisfies Record<string, LogActivation>;
