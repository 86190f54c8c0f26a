import type { SparseRows } from '@losslab/kernels';
import type * as tf from '@tensorflow/tfjs';
import type { SimdBackend } from '../simd/index.ts';
import { withSlots } from './distinct.ts';
import { isTransposed, layerRows, type PropagationAttributes, wanted } from './propagation-layers.ts';
import { scatterGradient, zeroForAnchor } from './source.ts';
import { sparseRows } from './spmm.ts';
import { borrowing, counting, type Workspace } from './workspace.ts';

/**
 * With x^k = A_k x^(k−1) and G_k the gradients of the wanted rows, zero elsewhere:
 *
 *     ∂x^(k−1) = G_(k−1) + A_kᵀ ∂x^k,   ∂x^K = G_K
 *
 * where G_K has few rows, so that the first product takes only their entries, and the last one goes straight into the table's
 * row buffer where that is empty.
 */
export function propagationGradient(
  backend: SimdBackend,
  dys: readonly tf.Tensor[], // K + 1 of [n, D] or [m, D]
  values: { readonly byRows: tf.TensorInfo; readonly byColumns: tf.TensorInfo },
  attrs: PropagationAttributes,
): tf.Tensor {
  const { table, matrix, layers } = attrs;
  const buffer = table.shared!.gradient;
  return borrowing(backend.kernels, (space) => {
    const all = counting(space.i32(table.rows));
    const isDirect = buffer.count === 0;
    if (isDirect) buffer.claim(all, undefined, { dirty: true });
    let above: Float32Array = buffer.values;
    for (let layer = layers; layer >= 1; layer--) {
      const a = sparseRows(backend, matrix, !isTransposed(attrs, layer), values);
      const size = layerRows(attrs, layer - 1) * table.dimension;
      const out = layer === 1 && isDirect ? buffer.values : space.f32(size);
      if (layer === layers) fewTimes(space, a, attrs, backend.view(dys[layer]!), out);
      else space.kernels.spmm({ a, x: above, dim: table.dimension, out });
      addWanted(space, wanted(attrs, layer - 1), backend.view(dys[layer - 1]!), out, table.dimension);
      above = out;
    }
    return isDirect ? zeroForAnchor() : scatterGradient(backend, table, [table.rows, table.dimension], all, above);
  });
}

/** out = A · G_K, of whose rows only the wanted ones are not zero. */
function fewTimes(
  space: Workspace,
  a: SparseRows,
  attrs: PropagationAttributes,
  x: Float32Array,
  out: Float32Array,
): void {
  const ids = space.resident(wanted(attrs, attrs.layers));
  withSlots(space, ids, layerRows(attrs, attrs.layers), (slots) => {
    space.kernels.spmmSlots({ a, x, slots, dim: attrs.table.dimension, out });
  });
}

function addWanted(space: Workspace, ids: Int32Array, source: Float32Array, out: Float32Array, dim: number): void {
  if (ids.length === 0) return;
  space.kernels.axpyRows({ scale: 1, source, out, dim, outRows: space.resident(ids) });
}
