import * as tf from '@tensorflow/tfjs';

/** Where σ is 0 or 1 and its logarithm's derivative 0 in float32 and float64 alike. */
const FAR = 1e4;

/**
 * x, but ±1e4 further out where |x| > bound, so that σ is exactly 0 or 1 there, and so is the σ(−x) of its surrogate gradient. Passes
 * gradients on as they are.
 */
export function saturated<T extends tf.Tensor>(x: T, bound: number): T {
  const op = tf.customGrad((input) => {
    const given = input as tf.Tensor;
    const isBeyond = tf.cast(tf.greater(tf.abs(given), bound), 'float32');
    const value = tf.add(given, tf.mul(isBeyond, tf.mul(tf.sign(given), FAR)));
    return { value, gradFunc: (dy: tf.Tensor) => dy };
  });
  return op(x) as T;
}
