import type { SparseRows } from '@losslab/kernels';
import type * as tf from '@tensorflow/tfjs';
import { setKernel } from '../kernel.ts';
import { SPMM, type SpmmAttributes, type SpmmInputs, type ValueInputs } from '../ops/spmm.ts';
import { SIMD, type SimdBackend } from '../simd/index.ts';
import type { SparseMatrix } from '../sparse/sparse-matrix.ts';

interface SpmmCall {
  readonly inputs: SpmmInputs;
  readonly attrs: SpmmAttributes;
  readonly backend: SimdBackend;
}

/** A, or Aᵀ with `transposed`, with its values' views. */
export function sparseRows(
  backend: SimdBackend,
  matrix: SparseMatrix,
  transposed: boolean,
  { byRows, byColumns }: ValueInputs,
): SparseRows {
  const [structure, values] = transposed ? [matrix.byColumns, byColumns] : [matrix.byRows, byRows];
  return { ...structure, values: backend.view(values) };
}

function forward({ inputs, attrs: { matrix, transposed }, backend }: SpmmCall): tf.TensorInfo {
  const dim = inputs.x.shape[1]!;
  const out = backend.allocate([transposed ? matrix.columns : matrix.rows, dim]);
  const a = sparseRows(backend, matrix, transposed, inputs);
  if (out.view.length > 0) backend.kernels.spmm({ a, x: backend.view(inputs.x), dim, out: out.view });
  return out;
}

export function registerSpmm(): void {
  setKernel(SPMM, SIMD, (call) => forward(call as unknown as SpmmCall));
}
