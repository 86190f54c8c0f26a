import type { IdMatrix } from '@losslab/core';
import type { PairPlan, PlanWeights } from '@losslab/kernels';
import type * as tf from '@tensorflow/tfjs';
import { fillMask } from '../pairs/dropout.ts';
import type { Dropout } from '../pairs/pair-options.ts';
import type { SimdBackend } from '../simd/index.ts';
import type { EmbeddingTable } from '../tables/embedding-table.ts';
import { distinctOf } from './distinct.ts';
import { valuesOf } from './source.ts';
import type { Workspace } from './workspace.ts';

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
  /** The distinct rows that the pairs point at. */
  readonly right: Units & { readonly list: Int32Array };
  /** How the pairs [B, N] are walked, by positions in `right`. */
  readonly plan: PairPlan;
  /** The gradient of the scores, in the order of the plan. */
  weights?: PlanWeights;
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

function gathered(space: Workspace, table: Float32Array, ids: Int32Array, dim: number, cosine: boolean): Units {
  const rows = space.f32(ids.length * dim);
  const inverseNorms = cosine ? space.f32(ids.length) : undefined;
  if (inverseNorms) space.kernels.gatherUnits({ table, dim, ids, out: rows, inverseNorms });
  else space.kernels.gatherRows({ table, dim, ids, out: rows });
  return { rows, inverseNorms };
}

function planOf(
  space: Workspace,
  { rightRows, rightShape }: PairAttributes,
  positions: Int32Array,
  rights: number,
): PairPlan {
  const k = space.kernels;
  const plan = k.planPairs({ rightRows: positions, columns: rightRows.columns, rights, dim: rightShape[1]! });
  space.defer(() => k.freePlan(plan));
  return plan;
}

/** Each distinct row once, so that it is normalised once and its gradient is written once. */
function rightRows(space: Workspace, values: Float32Array, attrs: PairAttributes) {
  const [count, dim] = attrs.rightShape as [number, number];
  const { list, positions } = distinctOf(space, space.resident(attrs.rightRows.data), count);
  const plan = planOf(space, attrs, positions, list.length);
  return { right: { ...gathered(space, values, list, dim, attrs.cosine), list }, plan };
}

/** Scores [B, N] into `out`, and what the gradient needs, in `space`. */
export function scorePairs(
  backend: SimdBackend,
  inputs: { left: tf.TensorInfo; right: tf.TensorInfo },
  attrs: PairAttributes,
  out: Float32Array,
  space: Workspace,
): PairState {
  const leftIds = space.resident(attrs.leftRows);
  const { left, mask } = leftRows(space, valuesOf(backend, attrs.leftTable, inputs.left), leftIds, attrs);
  const { right, plan } = rightRows(space, valuesOf(backend, attrs.rightTable, inputs.right), attrs);
  backend.kernels.planDot(plan, { left: left.rows, right: right.rows, out });
  return { space, leftIds, left, mask, right, plan };
}
