import * as tf from '@tensorflow/tfjs';
import { SparseMatrix } from '../sparse/sparse-matrix.ts';
import { applyAdagrad, applyAdam } from './apply.ts';
import { registerNativeApply } from './apply-kernels.ts';
import { gatherRows, registerNativeRows } from './rows.ts';
import { nativeSpmm, registerNativeSpmm } from './spmm.ts';

/** Whether ops that not every libtensorflow has, or has for this device, give what they should. */
function works(numbers: () => tf.Tensor[], expected: readonly number[]): boolean {
  try {
    const got = tf.tidy(() => numbers().flatMap((x) => Array.from(x.dataSync())));
    return got.length === expected.length && got.every((x, i) => Math.abs(x - expected[i]!) < 1e-5);
  } catch {
    return false;
  }
}

const hasGather = (): boolean =>
  works(() => [gatherRows(tf.tensor2d([[1], [2]]), tf.tensor1d([1, 0, 1], 'int32'))], [2, 1, 2]);

/** [[0, 2], [3, 0]] · [1, 10], and its transpose's. */
function hasProduct(): boolean {
  const places = { indptr: Int32Array.of(0, 1, 2), indices: Int32Array.of(1, 0) };
  const matrix = new SparseMatrix({ rows: 2, columns: 2, ...places, values: Float32Array.of(2, 3) });
  const product = (transposed: boolean): tf.Tensor =>
    nativeSpmm({ x: tf.tensor2d([[1], [10]]), ...matrix.values }, { matrix, transposed });
  const has = works(() => [product(false), product(true)], [20, 3, 30, 2]);
  matrix.dispose();
  return has;
}

/** A first step of each, from 1 with gradient 1: the parameter, then the moments. */
function hasApply(): boolean {
  const one = (): tf.Tensor => tf.tensor1d([1]);
  const zero = (): tf.Tensor => tf.tensor1d([0]);
  const rates = { rate: 0.5, beta1: 0.5, beta2: 0.75, epsilon: 0.5 };
  const adam = (): tf.Tensor[] => applyAdam({ parameter: one(), gradient: one(), m: zero(), v: zero(), ...rates });
  const adagrad = (): tf.Tensor[] =>
    applyAdagrad({ parameter: one(), gradient: one(), sum: zero(), rate: 0.5, epsilon: 1 });
  return works(adam, [0.75, 0.5, 0.25]) && works(adagrad, [0.75, 1]);
}

/** Puts libtensorflow's own ops in the place of composed ones, each where it works here. */
export function registerTensorFlow(): void {
  if (hasGather()) registerNativeRows();
  if (hasProduct()) registerNativeSpmm();
  if (hasApply()) registerNativeApply();
}
