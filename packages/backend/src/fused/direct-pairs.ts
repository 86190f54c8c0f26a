import type { IdMatrix } from '@losslab/core';
import { mayBlock } from '@losslab/kernels';
import type * as tf from '@tensorflow/tfjs';
import { invoke, setGradient, setKernel } from '../kernel.ts';
import { SIMD, type SimdBackend } from '../simd/index.ts';
import type { EmbeddingTable } from '../tables/embedding-table.ts';
import type { PairAttributes } from './pair-kernel.ts';
import { plansOfRuns } from './runs.ts';
import { asTensor, scatterGradient, simdBackend, valuesOf, zeroForAnchor } from './source.ts';
import { borrowing, type Workspace } from './workspace.ts';

/*
 * Inner products whose rows are read where they lie, and gradients that are written where they belong: into the slots of row
 * buffers, or the rows of a dense gradient. No row is copied. Many pairs a row are walked block by block instead, and rows that
 * are normalised or partly dropped have to be made.
 *
 * Several matrices of right rows with the same left rows, a batch's positives and negatives, are one op: each right row's gradient is
 * made once for all. Sums go through the last matrix first, as the tape would through ops of their own.
 *
 * Where left rows come in long runs (runs.ts), scores and the left rows' gradients go by blocks of the right table after all.
 */

const NAME = 'LosslabDirectPairs';

export interface DirectAttributes extends Omit<PairAttributes, 'rightRows' | 'cosine' | 'dropout'> {
  readonly parts: readonly IdMatrix[]; // each [B, N], N ≥ 1
}

/** By sizes alone. */
export function isDirect({ rightRows, rightShape, cosine, dropout }: PairAttributes): boolean {
  if (cosine || (dropout !== undefined && dropout.rate > 0)) return false;
  const [rights, dim] = rightShape as [number, number];
  return !mayBlock({ pairs: rightRows.data.length, columns: rightRows.columns, rights, dim });
}

/** Scores of each part. */
export function directScores(
  inputs: { left: tf.Tensor; right: tf.Tensor },
  attrs: DirectAttributes,
): readonly tf.Tensor2D[] {
  return invoke(NAME, inputs, attrs) as tf.Tensor2D[];
}

interface Call {
  readonly inputs: { readonly left: tf.TensorInfo; readonly right: tf.TensorInfo };
  readonly attrs: DirectAttributes;
  readonly backend: SimdBackend;
}

function forward({ inputs, attrs, backend }: Call): tf.TensorInfo[] {
  const k = backend.kernels;
  const { leftTable, rightTable, parts } = attrs;
  const [rights, dim] = attrs.rightShape as [number, number];
  return borrowing(k, (space) => {
    const left = valuesOf(backend, leftTable, inputs.left);
    const right = valuesOf(backend, rightTable, inputs.right);
    const leftRows = space.resident(attrs.leftRows);
    const outs = parts.map(({ rows, columns }) => backend.allocate([rows, columns]));
    const runs = plansOfRuns(space, leftRows, parts, [rights, dim]);
    if (runs) {
      const rows = space.f32(runs.ids.length * dim);
      k.gatherRows({ table: left, dim, ids: runs.ids, out: rows });
      for (const [part, plan] of runs.plans.entries()) k.planDot(plan, { left: rows, right, out: outs[part]!.view });
      return outs;
    }
    for (const [part, { columns, data }] of parts.entries()) {
      const rightRows = space.resident(data);
      k.pairDot({ left, leftRows, right, rightRows, columns, dim, out: outs[part]!.view });
    }
    return outs;
  });
}

/** A part, its ids in the kernels' memory, with the gradient of its scores. */
interface Given extends IdMatrix {
  readonly weights: Float32Array; // [B, columns]
}

/**
 * The last part first. One whose gradient is 0 throughout touches no row where another's is not: that is what the tape has of scores that
 * the loss left unused.
 */
function givenTo({ parts }: DirectAttributes, dys: readonly tf.Tensor[], space: Workspace): Given[] {
  const backend = simdBackend();
  const all = parts
    .map((part, at) => ({ ...part, data: space.resident(part.data), weights: backend.view(dys[at]!) }))
    .reverse();
  const used = all.filter(({ weights }) => weights.some((weight) => weight !== 0));
  return used.length > 0 ? used : all;
}

interface Place {
  readonly positions: Int32Array; // [n], where the gradient of each id goes
  readonly groups: number;
  readonly out: Float32Array; // [groups, D]
  /** Whether something stands in `out` already. */
  readonly accumulate: boolean;
  readonly result: tf.Tensor;
}

/** Where gradients of the rows in `lists` are to be written, and what the tape gets. */
function placeFor(
  backend: SimdBackend,
  space: Workspace,
  table: EmbeddingTable | undefined,
  shape: readonly number[],
  lists: readonly Int32Array[],
): Place {
  const positions = lists.length === 1 && table === undefined ? lists[0]! : space.i32(lengthOf(lists));
  if (table === undefined) {
    if (lists.length > 1) inOrder(lists, (ids, at) => positions.set(ids, at));
    const out = backend.allocate(shape);
    return { positions, groups: shape[0]!, out: out.view, accumulate: false, result: asTensor(out) };
  }
  const { gradient } = table.shared!;
  const accumulate = gradient.count > 0;
  inOrder(lists, (ids, at) => {
    gradient.claim(ids, positions.subarray(at, at + ids.length), { dirty: !accumulate });
  });
  return { positions, groups: gradient.count, out: gradient.values, accumulate, result: zeroForAnchor() };
}

const lengthOf = (lists: readonly Int32Array[]): number => lists.reduce((sum, { length }) => sum + length, 0);

/** Visits the lists with the place of each among all. */
function inOrder(lists: readonly Int32Array[], visit: (ids: Int32Array, at: number) => void): void {
  let at = 0;
  for (const ids of lists) {
    visit(ids, at);
    at += ids.length;
  }
}

/** Σ_n dy_bn · right row over the batch rows b of each left row, in the order of b (of blocks and b, in runs), part by part. */
function leftGradient(dys: readonly tf.Tensor[], right: tf.Tensor, attrs: DirectAttributes): tf.Tensor {
  const backend = simdBackend();
  const k = backend.kernels;
  const { leftTable, rightTable, leftShape } = attrs;
  const [rights, dim] = attrs.rightShape as [number, number];
  return borrowing(k, (space) => {
    const ids = space.resident(attrs.leftRows);
    const source = valuesOf(backend, rightTable, right);
    const given = givenTo(attrs, dys, space);
    const runs = plansOfRuns(space, ids, given, [rights, dim]);
    if (runs) {
      const gradient = space.f32(runs.ids.length * dim);
      for (const [at, plan] of runs.plans.entries()) {
        const from = { weights: given[at]!.weights, right: source };
        k.planGradients(plan, { ...from, leftGradient: gradient, accumulate: at > 0 });
      }
      return scatterGradient(backend, leftTable, leftShape, runs.ids, gradient);
    }
    const { positions, groups, out, accumulate, result } = placeFor(backend, space, leftTable, leftShape, [ids]);
    const [offsets, order] = [space.i32(groups + 1), space.i32(ids.length)];
    k.sortPairs({ rightRows: positions, groups, offsets, order });
    for (const [at, { data, columns, weights }] of given.entries()) {
      const by = { offsets, order, size: columns, sourceRows: data };
      k.gatherSum({ weights, source, dim, ...by, out, accumulate: accumulate || at > 0 });
    }
    return result;
  });
}

/** Σ dy_bn · left row over the pairs of each right row, in the order of the pairs, part by part. */
function rightGradient(dys: readonly tf.Tensor[], left: tf.Tensor, attrs: DirectAttributes): tf.Tensor {
  const backend = simdBackend();
  const k = backend.kernels;
  const { leftTable, rightTable, rightShape } = attrs;
  return borrowing(k, (space) => {
    const parts = givenTo(attrs, dys, space);
    const lists = parts.map(({ data }) => data);
    const { positions, groups, out, accumulate, result } = placeFor(backend, space, rightTable, rightShape, lists);
    const [offsets, sources] = [space.i32(groups + 1), space.i32(positions.length)];
    const listed = space.f32(positions.length);
    const leftRows = space.resident(attrs.leftRows);
    k.groupPairs({ rightRows: positions, parts, leftRows, groups, offsets, sources, listed });
    const source = valuesOf(backend, leftTable, left);
    k.gatherSum({ weights: listed, source, dim: rightShape[1]!, offsets, sourceRows: sources, out, accumulate });
    return result;
  });
}

export function registerDirectPairs(): void {
  setKernel(NAME, SIMD, (call) => forward(call as unknown as Call));
  setGradient<DirectAttributes>(NAME, {
    inputsToSave: ['left', 'right'],
    thunks: (dys, [left, right], attrs) => ({
      left: () => leftGradient(dys, right!, attrs),
      right: () => rightGradient(dys, left!, attrs),
    }),
  });
}
