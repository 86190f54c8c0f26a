import type { IdMatrix } from '@losslab/core';
import type * as tf from '@tensorflow/tfjs';
import { fillMask } from '../pairs/dropout.ts';
import type { Dropout } from '../pairs/pair-options.ts';
import type { SimdBackend } from '../simd/index.ts';
import type { EmbeddingTable } from '../tables/embedding-table.ts';
import { distinctOf } from './distinct.ts';
import { valuesOf } from './source.ts';
import { Workspace } from './workspace.ts';

export interface PairAttributes {
  readonly leftTable: EmbeddingTable | undefined;
  readonly rightTable: EmbeddingTable | undefined;
  readonly leftShape: readonly number[]; // [users, D]
  readonly rightShape: readonly number[]; // [items, D]
  readonly leftRows: Int32Array; // [B]
  readonly rightRows: IdMatrix; // [B, N]
  readonly cosine: boolean;
  readonly dropout: Dropout | undefined;
}

/** Rows divided by their norms. */
interface Units {
  readonly rows: Float32Array; // [n, D]
  readonly inverseNorms: Float32Array | undefined; // [n], cosine only
}

/** What the forward pass keeps for the gradient, in one workspace. */
export interface PairState {
  readonly space: Workspace;
  readonly leftIds: Int32Array; // [B]
  readonly left: Units; // [B, D], after dropout
  readonly mask: Float32Array | undefined; // [B, D]
  /** Rows of `right` that the pairs point at: distinct ids with cosine, else undefined: the table itself. */
  readonly right: (Units & { readonly list: Int32Array }) | undefined;
  /** [B × N], into `right.rows` or the table. */
  readonly pairs: Int32Array;
}

function leftRows(space: Workspace, values: Float32Array, ids: Int32Array, attrs: PairAttributes) {
  const k = space.kernels;
  const dim = attrs.leftShape[1]!;
  const rows = space.f32(ids.length * dim);
  const mask = attrs.dropout && attrs.dropout.rate > 0 ? space.f32(rows.length) : undefined;
  if (mask) fillMask(k, mask, dim, attrs.dropout!);
  k.gatherRows({ table: values, dim, ids, out: rows, ...(mask && { mask }) });
  return { left: units(space, rows, dim, attrs.cosine), mask };
}

function units(space: Workspace, rows: Float32Array, dim: number, cosine: boolean): Units {
  if (!cosine) return { rows, inverseNorms: undefined };
  const inverseNorms = space.f32(rows.length / dim);
  space.kernels.normaliseRows({ rows, dim, inverseNorms });
  return { rows, inverseNorms };
}

/** Each distinct row once, normalised. */
function rightUnits(space: Workspace, values: Float32Array, ids: Int32Array, [count, dim]: readonly number[]) {
  const { list, positions } = distinctOf(space, ids, count!);
  const rows = space.f32(list.length * dim!);
  space.kernels.gatherRows({ table: values, dim: dim!, ids: list, out: rows });
  return { right: { ...units(space, rows, dim!, true), list }, pairs: positions };
}

/** Scores [B, N] into `out`, and what the gradient needs. */
export function scorePairs(
  backend: SimdBackend,
  inputs: { left: tf.TensorInfo; right: tf.TensorInfo },
  attrs: PairAttributes,
  out: Float32Array,
): PairState {
  const space = new Workspace(backend.kernels);
  const leftIds = space.resident(attrs.leftRows);
  const ids = space.resident(attrs.rightRows.data);
  const { left, mask } = leftRows(space, valuesOf(backend, attrs.leftTable, inputs.left), leftIds, attrs);
  const values = valuesOf(backend, attrs.rightTable, inputs.right);
  const { right, pairs } = attrs.cosine
    ? rightUnits(space, values, ids, attrs.rightShape)
    : { right: undefined, pairs: ids };
  backend.kernels.pairDot({
    left: left.rows,
    right: right?.rows ?? values,
    rightRows: pairs,
    columns: attrs.rightRows.columns,
    dim: attrs.leftShape[1]!,
    out,
  });
  return { space, leftIds, left, mask, right, pairs };
}
