import type * as tf from '@tensorflow/tfjs';
import { setKernel } from '../kernel.ts';
import { SPMM, type SpmmAttributes, type SpmmInputs } from '../ops/spmm.ts';
import type { SparseMatrix } from '../sparse/sparse-matrix.ts';
import { rowOfEntries } from '../sparse/structure.ts';
import { type Handle, int64, release, run, runForHandle, TENSORFLOW } from './library.ts';

/** A matrix on libtensorflow's side: where its entries are, and with its own values as a whole. */
interface NativeMatrix {
  readonly places: Handle; // int64 [entries, 2], by rows
  readonly shape: Handle; // int64 [2]
  readonly whole: Handle; // a CSR matrix of libtensorflow's
}

const matrices = new WeakMap<SparseMatrix, NativeMatrix>();

const compressed = (places: Handle, values: tf.TensorInfo, shape: Handle): Handle =>
  runForHandle('SparseTensorToCSRSparseMatrix', { T: 'float32' }, [places, values, shape]);

function toNative(matrix: SparseMatrix): NativeMatrix {
  const { byRows, rows, columns } = matrix;
  const rowOf = rowOfEntries(byRows);
  const pairs = new Int32Array(2 * rowOf.length);
  for (let entry = 0; entry < rowOf.length; entry++) {
    pairs[2 * entry] = rowOf[entry]!;
    pairs[2 * entry + 1] = byRows.indices[entry]!;
  }
  const places = int64(pairs, [rowOf.length, 2]);
  const shape = int64([rows, columns], [2]);
  const native = { places, shape, whole: compressed(places, matrix.values.byRows, shape) };
  matrices.set(matrix, native);
  matrix.whenDisposed(() => {
    for (const handle of Object.values(native)) release(handle);
  });
  return native;
}

function multiply(a: Handle, x: tf.TensorInfo, transposed: boolean): tf.Tensor {
  const none = { adjoint_a: false, adjoint_b: false, transpose_b: false } as const;
  const attributes = {
    T: 'float32',
    transpose_a: transposed,
    transpose_output: false,
    conjugate_output: false,
  } as const;
  return run('SparseMatrixMatMul', { ...attributes, ...none }, [a, x]);
}

/** A · x or Aᵀ · x by libtensorflow's product of compressed rows, which its threads share. */
export function nativeSpmm({ x, byRows }: SpmmInputs, { matrix, transposed }: SpmmAttributes): tf.Tensor {
  const native = matrices.get(matrix) ?? toNative(matrix);
  if (byRows.dataId === matrix.values.byRows.dataId) return multiply(native.whole, x, transposed);
  const other = compressed(native.places, byRows, native.shape);
  try {
    return multiply(other, x, transposed);
  } finally {
    release(other);
  }
}

export function registerNativeSpmm(): void {
  setKernel<SpmmAttributes>(SPMM, TENSORFLOW, ({ inputs, attrs }) =>
    nativeSpmm(inputs as unknown as SpmmInputs, attrs),
  );
}
