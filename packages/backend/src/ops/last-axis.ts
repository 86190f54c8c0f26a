import * as tf from '@tensorflow/tfjs';

/**
 * Applies `f` to x as a matrix [R, C] whose columns run along `axis`, and puts the result into x's shape: without the axis
 * where f drops it, else with it.
 */
export function overLastAxis(
  x: tf.Tensor,
  axis: number,
  kind: 'drop' | 'keep',
  f: (rows: tf.Tensor2D) => tf.Tensor,
): tf.Tensor {
  const rank = x.shape.length;
  const at = tf.util.parseAxisParam(axis, x.shape)[0]!;
  const order = [...Array(rank).keys()].filter((d) => d !== at).concat(at);
  const moved = at === rank - 1 ? x : tf.transpose(x, order);
  const columns = moved.shape[rank - 1]!;
  const outer = moved.shape.slice(0, -1);
  const result = f(tf.reshape(moved, [tf.util.sizeFromShape(outer), columns]) as tf.Tensor2D);
  if (kind === 'drop') return tf.reshape(result, outer);
  const shaped = tf.reshape(result, moved.shape);
  if (at === rank - 1) return shaped;
  const back = order.map((_, d) => order.indexOf(d));
  return tf.transpose(shaped, back);
}
