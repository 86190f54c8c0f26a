import * as tf from '@tensorflow/tfjs';
import { expected } from '../errors.ts';
import { ready } from '../ops/register.ts';
import { fusedSpmm, hasSpmm } from '../ops/spmm.ts';
import type { EntryValues, SparseMatrix } from './sparse-matrix.ts';
import { rowOfEntries } from './structure.ts';

export interface SpmmOptions {
  readonly matrix: SparseMatrix; // A
  readonly x: tf.Tensor2D; // [columns, D], or [rows, D] with `transposed`
  /** Aᵀ · x instead of A · x. */
  readonly transposed?: boolean;
  /** In place of the matrix's own, e.g. after `edgeDropout`. */
  readonly values?: EntryValues;
}

/**
 * A · x → [rows, D], or Aᵀ · x → [columns, D], on the tape; the gradient of x is the product with the other of the two. float32.
 * Sums are in the order of a row's entries, whatever the number of threads.
 */
export function spmm({ matrix, x, transposed = false, values = matrix.values }: SpmmOptions): tf.Tensor2D {
  const count = transposed ? matrix.rows : matrix.columns;
  if (x.shape[0] !== count) {
    const remedy = 'transpose the matrix, or give it another x';
    throw expected(`x of ${count} rows`, String(x.shape[0]), remedy, { where: 'x' });
  }
  ready();
  const product = { matrix, x, transposed, values };
  return hasSpmm() ? fusedSpmm(product) : composedSpmm(product);
}

/** Of stock ops, gradients by autodiff; [entries, D] exists here. */
export function composedSpmm({ matrix, x, transposed, values }: Required<SpmmOptions>): tf.Tensor2D {
  const { byRows, rows, columns } = matrix;
  const rowOf = tf.tensor1d(rowOfEntries(byRows), 'int32');
  const columnOf = tf.tensor1d(Int32Array.from(byRows.indices), 'int32');
  const [from, to, count] = transposed ? [rowOf, columnOf, columns] : [columnOf, rowOf, rows];
  const terms = tf.mul(tf.gather(x, from), tf.expandDims(values.byRows, 1)); // (entries, D)
  return tf.unsortedSegmentSum(terms, to, count) as tf.Tensor2D;
}
