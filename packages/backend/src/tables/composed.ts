import * as tf from '@tensorflow/tfjs';
import { hasNativeRows, nativeRows } from '../tensorflow/rows.ts';
import { inputOf, type Rows } from './embedding-table.ts';

/** The fused ops as stock ones with dense gradients, for every engine but `simd`. */

/** ids [n] → [n, dimension] */
export function composedRows(rows: Rows, ids: Int32Array): tf.Tensor2D {
  const x = inputOf(rows) as tf.Tensor2D;
  const list = tf.tensor1d(Int32Array.from(ids), 'int32');
  return hasNativeRows() ? nativeRows(x, list) : tf.gather(x, list);
}

export function composedSquaredNorm(rows: Rows, ids: Int32Array): tf.Scalar {
  if (ids.length === 0) return tf.scalar(0);
  return composedRows(rows, ids).square().sum() as tf.Scalar;
}
