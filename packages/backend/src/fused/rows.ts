import type * as tf from '@tensorflow/tfjs';
import { invoke, setGradient, setKernel } from '../kernel.ts';
import { SIMD, type SimdBackend } from '../simd/index.ts';
import { type EmbeddingTable, inputOf, type Rows, rowCount, width } from '../tables/embedding-table.ts';
import { scatterGradient, simdBackend, tableOf, valuesOf } from './source.ts';
import { borrowing, counting } from './workspace.ts';

interface RowsAttributes {
  readonly table: EmbeddingTable | undefined;
  readonly shape: readonly number[]; // [rows, D]
  readonly ids: Int32Array | undefined; // absent: all rows
}

interface RowsCall {
  readonly inputs: { readonly rows: tf.TensorInfo };
  readonly attrs: RowsAttributes;
  readonly backend: SimdBackend;
}

/** ids [n] → [n, D]; all rows without ids. */
export function fusedRows(rows: Rows, ids?: Int32Array): tf.Tensor2D {
  const attrs: RowsAttributes = { table: tableOf(rows), shape: [rowCount(rows), width(rows)], ids };
  return invoke('LosslabRows', { rows: inputOf(rows) }, attrs)[0] as tf.Tensor2D;
}

function forward({ inputs, attrs, backend }: RowsCall): tf.TensorInfo {
  const k = backend.kernels;
  const [count, dim] = attrs.shape as [number, number];
  const table = valuesOf(backend, attrs.table, inputs.rows);
  const out = backend.allocate([attrs.ids?.length ?? count, dim]);
  if (attrs.ids === undefined) k.copy({ x: table, out: out.view });
  else borrowing(k, (space) => k.gatherRows({ table, dim, ids: space.resident(attrs.ids!), out: out.view }));
  return out;
}

function backward(dy: tf.Tensor, { table, shape, ids }: RowsAttributes): tf.Tensor {
  const backend = simdBackend();
  return borrowing(backend.kernels, (space) => {
    const rows = ids === undefined ? counting(space.i32(shape[0]!)) : space.resident(ids);
    return scatterGradient(backend, table, shape, rows, backend.view(dy));
  });
}

export function registerRowsOps(): void {
  setKernel('LosslabRows', SIMD, (call) => forward(call as unknown as RowsCall));
  setGradient<RowsAttributes>('LosslabRows', {
    thunks: ([dy], _saved, attrs) => ({ rows: () => backward(dy!, attrs) }),
  });
}
