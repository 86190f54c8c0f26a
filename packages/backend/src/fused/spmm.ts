import type { SparseRows } from '@losslab/kernels';
import type * as tf from '@tensorflow/tfjs';
import { invoke, setGradient, setKernel } from '../kernel.ts';
import { SIMD, type SimdBackend } from '../simd/index.ts';
import type { EntryValues, SparseMatrix } from '../sparse/sparse-matrix.ts';
import type { SpmmOptions } from '../sparse/spmm.ts';

const NAME = 'LosslabSpmm';

interface SpmmAttributes {
  readonly matrix: SparseMatrix;
  readonly transposed: boolean;
}

type ValueInputs = { readonly [Order in keyof EntryValues]: tf.TensorInfo };

interface SpmmCall {
  readonly inputs: { readonly x: tf.TensorInfo } & ValueInputs;
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

export function fusedSpmm({ matrix, x, transposed, values }: Required<SpmmOptions>): tf.Tensor2D {
  return invoke(NAME, { x, ...values }, { matrix, transposed })[0] as tf.Tensor2D;
}

function forward({ inputs, attrs: { matrix, transposed }, backend }: SpmmCall): tf.TensorInfo {
  const dim = inputs.x.shape[1]!;
  const out = backend.allocate([transposed ? matrix.columns : matrix.rows, dim]);
  const a = sparseRows(backend, matrix, transposed, inputs);
  if (out.view.length > 0) backend.kernels.spmm({ a, x: backend.view(inputs.x), dim, out: out.view });
  return out;
}

export function registerSpmm(): void {
  setKernel(NAME, SIMD, (call) => forward(call as unknown as SpmmCall));
  setGradient<SpmmAttributes>(NAME, {
    inputsToSave: ['byRows', 'byColumns'],
    thunks: ([dy], [byRows, byColumns], { matrix, transposed }) => ({
      x: () =>
        invoke(NAME, { x: dy!, byRows: byRows!, byColumns: byColumns! }, { matrix, transposed: !transposed })[0]!,
    }),
  });
}
