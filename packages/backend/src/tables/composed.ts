import * as tf from '@tensorflow/tfjs';
import { inputOf, type Rows } from './embedding-table.ts';

/** The fused ops as stock ones with dense gradients, for every engine but `simd`. */

/** ids [n] → [n, dimension] */
export function composedRows(rows: Rows, ids: Int32Array): tf.Tensor2D {
  return tf.gather(inputOf(rows) as tf.Tensor2D, tf.tensor1d(Int32Array.from(ids), 'int32'));
}

export function composedSquaredNorm(rows: Rows, ids: Int32Array): tf.Scalar {
  if (ids.length === 0) return tf.scalar(0);
  return composedRows(rows, ids).square().sum() as tf.Scalar;
}
