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
    const [above, below] = [tf.greater(given, bound), tf.less(given, -bound)];
    const beyond = tf.sub(tf.cast(above, 'float32'), tf.cast(below, 'float32')); // 1, −1, or 0 between
    const value = tf.add(given, tf.mul(beyond, FAR));
    return { value, gradFunc: (dy: tf.Tensor) => dy };
  });
  return op(x) as T;
}
