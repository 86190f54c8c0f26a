import * as tf from '@tensorflow/tfjs';

/**
 * Value σ(x), gradient σ(−x): the derivative of ln σ in place of σ's own, which vanishes on both sides (NBPO, SIGIR 2020,
 * eq. 9).
 */
export function surrogateSigmoid<T extends tf.Tensor>(x: T): T {
  const op = tf.customGrad((input, save) => {
    const given = input as tf.Tensor;
    (save as tf.GradSaveFunc)([given]);
    return {
      value: given.sigmoid(),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => dy.mul(saved[0]!.neg().sigmoid()),
    };
  });
  return op(x) as T;
}
