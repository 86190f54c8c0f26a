import { mayBlock } from '@losslab/kernels';
import type * as tf from '@tensorflow/tfjs';
import { invoke, setGradient, setKernel } from '../kernel.ts';
import { SIMD, type SimdBackend } from '../simd/index.ts';
import type { EmbeddingTable } from '../tables/embedding-table.ts';
import type { PairAttributes } from './pair-kernel.ts';
import { asTensor, simdBackend, valuesOf, zeroForAnchor } from './source.ts';
import { borrowing, type Workspace } from './workspace.ts';

/*
 * Inner products whose rows are read where they lie, and gradients that are written where they belong: into the slots of row
 * buffers, or the rows of a dense gradient. No row is copied. Many pairs a row are walked block by block instead, and rows that
 * are normalised or partly dropped have to be made.
 */

const NAME = 'LosslabDirectPairs';

/** By sizes alone. */
export function isDirect({ rightRows, rightShape, cosine, dropout }: PairAttributes): boolean {
  if (cosine || (dropout !== undefined && dropout.rate > 0)) return false;
  const [rights, dim] = rightShape as [number, number];
  return !mayBlock({ pairs: rightRows.data.length, columns: rightRows.columns, rights, dim });
}

export function directScores(inputs: { left: tf.Tensor; right: tf.Tensor }, attrs: PairAttributes): tf.Tensor2D {
  return invoke(NAME, inputs, attrs)[0] as tf.Tensor2D;
}

interface Call {
  readonly inputs: { readonly left: tf.TensorInfo; readonly right: tf.TensorInfo };
  readonly attrs: PairAttributes;
  readonly backend: SimdBackend;
}

function forward({ inputs, attrs, backend }: Call): tf.TensorInfo {
  const { leftTable, rightTable, rightRows, rightShape } = attrs;
  const out = backend.allocate([rightRows.rows, rightRows.columns]);
  borrowing(backend.kernels, (space) => {
    backend.kernels.pairDot({
      left: valuesOf(backend, leftTable, inputs.left),
      leftRows: space.resident(attrs.leftRows),
      right: valuesOf(backend, rightTable, inputs.right),
      rightRows: space.resident(rightRows.data),
      columns: rightRows.columns,
      dim: rightShape[1]!,
      out: out.view,
    });
  });
  return out;
}

interface Place {
  readonly positions: Int32Array; // [n], where the gradient of each id goes
  readonly groups: number;
  readonly out: Float32Array; // [groups, D]
  /** Whether something stands in `out` already. */
  readonly accumulate: boolean;
  readonly result: tf.Tensor;
}

/** Where gradients of the rows `ids` are to be written, and what the tape gets. */
function placeFor(
  backend: SimdBackend,
  space: Workspace,
  table: EmbeddingTable | undefined,
  shape: readonly number[],
  ids: Int32Array,
): Place {
  if (table === undefined) {
    const out = backend.allocate(shape);
    return { positions: ids, groups: shape[0]!, out: out.view, accumulate: false, result: asTensor(out) };
  }
  const { gradient } = table.shared!;
  const accumulate = gradient.count > 0;
  const positions = space.i32(ids.length);
  gradient.claim(ids, positions, { dirty: !accumulate });
  return { positions, groups: gradient.count, out: gradient.values, accumulate, result: zeroForAnchor() };
}

/** Σ_n dy_bn · right row over the batch rows b of each left row, in the order of b. */
function leftGradient(dy: tf.Tensor, right: tf.Tensor, attrs: PairAttributes): tf.Tensor {
  const backend = simdBackend();
  const k = backend.kernels;
  const { leftTable, rightTable, leftShape, rightRows } = attrs;
  return borrowing(k, (space) => {
    const ids = space.resident(attrs.leftRows);
    const { positions, groups, out, accumulate, result } = placeFor(backend, space, leftTable, leftShape, ids);
    const [offsets, order] = [space.i32(groups + 1), space.i32(ids.length)];
    k.sortPairs({ rightRows: positions, groups, offsets, order });
    const source = valuesOf(backend, rightTable, right);
    const by = { offsets, order, size: rightRows.columns, sourceRows: space.resident(rightRows.data) };
    k.gatherSum({ weights: backend.view(dy), source, dim: leftShape[1]!, ...by, out, accumulate });
    return result;
  });
}

/** Σ dy_bn · left row over the pairs of each right row, in the order of the pairs. */
function rightGradient(dy: tf.Tensor, left: tf.Tensor, attrs: PairAttributes): tf.Tensor {
  const backend = simdBackend();
  const k = backend.kernels;
  const { leftTable, rightTable, rightShape, rightRows } = attrs;
  return borrowing(k, (space) => {
    const ids = space.resident(rightRows.data);
    const { positions, groups, out, accumulate, result } = placeFor(backend, space, rightTable, rightShape, ids);
    const [offsets, sources] = [space.i32(groups + 1), space.i32(ids.length)];
    const listed = space.f32(ids.length);
    const leftRows = space.resident(attrs.leftRows);
    const pairs = { rightRows: positions, columns: rightRows.columns, leftRows, weights: backend.view(dy) };
    k.groupPairs({ ...pairs, groups, offsets, sources, listed });
    const source = valuesOf(backend, leftTable, left);
    k.gatherSum({ weights: listed, source, dim: rightShape[1]!, offsets, sourceRows: sources, out, accumulate });
    return result;
  });
}

export function registerDirectPairs(): void {
  setKernel(NAME, SIMD, (call) => forward(call as unknown as Call));
  setGradient<PairAttributes>(NAME, {
    inputsToSave: ['left', 'right'],
    thunks: ([dy], [left, right], attrs) => ({
      left: () => leftGradient(dy!, right!, attrs),
      right: () => rightGradient(dy!, left!, attrs),
    }),
  });
}
