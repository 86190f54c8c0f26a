import type * as tf from '@tensorflow/tfjs';
import type { SimdBackend } from '../simd/index.ts';
import type { EmbeddingTable } from '../tables/embedding-table.ts';
import type { PairAttributes, PairState } from './pair-kernel.ts';
import { asTensor, scatterGradient, valuesOf, zeroForAnchor } from './source.ts';
import { borrowing, type Workspace } from './workspace.ts';

interface Run {
  readonly backend: SimdBackend;
  readonly attrs: PairAttributes;
  readonly state: PairState;
  readonly dy: Float32Array; // [B, N]
}

/** Σ_n dy_bn · item_bn a batch row, back through normalisation and dropout. */
export function leftGradient({ backend, attrs, state, dy }: Run, rightInput: tf.TensorInfo): tf.Tensor {
  const k = backend.kernels;
  const dim = attrs.leftShape[1]!;
  const { left, mask, right, pairs, leftIds } = state;
  return borrowing(k, (space) => {
    const gradient = space.f32(left.rows.length);
    const source = right?.rows ?? valuesOf(backend, attrs.rightTable, rightInput);
    const { columns } = attrs.rightRows;
    k.gatherSum({ weights: dy, source, dim, offsets: columns, sourceRows: pairs, out: gradient });
    if (left.inverseNorms) {
      k.projectNormalised({ gradient, unit: left.rows, inverseNorms: left.inverseNorms, dim });
    }
    if (mask) k.binary('mul', { left: gradient, right: mask, out: gradient });
    return scatterGradient(backend, attrs.leftTable, attrs.leftShape, leftIds, gradient);
  });
}

/** Σ over an item's pairs of dy · user, written once an item. */
export function rightGradient(run: Run): tf.Tensor {
  const { attrs, backend, state } = run;
  return borrowing(backend.kernels, (space) => {
    if (state.right) return cosineItems(run, space, state.right);
    return attrs.rightTable ? tableItems(run, space, attrs.rightTable) : tensorItems(run, space);
  });
}

/** Sums the pairs of each group into out [groups, dim]; `rows` [B × N] says which group a pair belongs to. */
function sumByItem(
  { backend, attrs, state, dy }: Run,
  space: Workspace,
  rows: Int32Array,
  out: Float32Array,
  accumulate = false,
): void {
  const k = backend.kernels;
  const dim = attrs.rightShape[1]!;
  const groups = out.length / dim;
  const offsets = space.i32(groups + 1);
  const order = space.i32(rows.length);
  k.sortPairs({ rightRows: rows, groups, offsets, order });
  const { columns } = attrs.rightRows;
  k.gatherSum({ weights: dy, source: state.left.rows, dim, offsets, order, columns, out, accumulate });
}

function tensorItems(run: Run, space: Workspace): tf.Tensor {
  const out = run.backend.allocate(run.attrs.rightShape);
  sumByItem(run, space, run.state.pairs, out.view);
  return asTensor(out);
}

/** Straight into the table's row buffer, whose slots are the groups. */
function tableItems(run: Run, space: Workspace, table: EmbeddingTable): tf.Tensor {
  const { gradient } = table.shared!;
  const fresh = gradient.count === 0;
  const slots = space.i32(run.state.pairs.length);
  gradient.claim(run.state.pairs, slots, { dirty: fresh });
  sumByItem(run, space, slots, gradient.values, !fresh);
  return zeroForAnchor();
}

/** The distinct rows' gradients, projected; straight into an empty row buffer, whose slots are then in the same order. */
function cosineItems(run: Run, space: Workspace, right: NonNullable<PairState['right']>): tf.Tensor {
  const { backend, attrs, state } = run;
  const { list, rows: unit } = right;
  const dim = attrs.rightShape[1]!;
  const shared = attrs.rightTable?.shared;
  const direct = shared !== undefined && shared.gradient.count === 0;
  if (direct) shared.gradient.claim(list, undefined, { dirty: true });
  const out = direct ? shared.gradient.values : space.f32(list.length * dim);
  sumByItem(run, space, state.pairs, out);
  backend.kernels.projectNormalised({ gradient: out, unit, inverseNorms: right.inverseNorms!, dim });
  if (direct) return zeroForAnchor();
  return scatterGradient(backend, attrs.rightTable, attrs.rightShape, list, out);
}
