import type { IdMatrix } from '@losslab/core';
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
 *
 * Several matrices of right rows with the same left rows, a batch's positives and negatives, are one op: each right row's gradient is
 * made once for all. Sums go through the last matrix first, as the tape would through ops of their own.
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
  const { leftTable, rightTable, rightShape, parts } = attrs;
  return borrowing(backend.kernels, (space) => {
    const left = valuesOf(backend, leftTable, inputs.left);
    const right = valuesOf(backend, rightTable, inputs.right);
    const leftRows = space.resident(attrs.leftRows);
    return parts.map(({ rows, columns, data }) => {
      const out = backend.allocate([rows, columns]);
      const rightRows = space.resident(data);
      backend.kernels.pairDot({ left, leftRows, right, rightRows, columns, dim: rightShape[1]!, out: out.view });
      return out;
    });
  });
}

/** A part with the gradient of its scores. */
interface Given {
  readonly ids: Int32Array; // [B · columns]
  readonly columns: number;
  readonly weights: Float32Array; // [B, columns]
}

/** The last part first. One whose scores the loss left unused touches no row, though the tape has zeros for it. */
function givenTo({ parts }: DirectAttributes, dys: readonly tf.Tensor[], space: Workspace): Given[] {
  const backend = simdBackend();
  const all = parts
    .map(({ data, columns }, part) => ({ ids: space.resident(data), columns, weights: backend.view(dys[part]!) }))
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

/** Σ_n dy_bn · right row over the batch rows b of each left row, in the order of b, part by part. */
function leftGradient(dys: readonly tf.Tensor[], right: tf.Tensor, attrs: DirectAttributes): tf.Tensor {
  const backend = simdBackend();
  const k = backend.kernels;
  const { leftTable, rightTable, leftShape } = attrs;
  return borrowing(k, (space) => {
    const ids = space.resident(attrs.leftRows);
    const { positions, groups, out, accumulate, result } = placeFor(backend, space, leftTable, leftShape, [ids]);
    const [offsets, order] = [space.i32(groups + 1), space.i32(ids.length)];
    k.sortPairs({ rightRows: positions, groups, offsets, order });
    const source = valuesOf(backend, rightTable, right);
    for (const [at, { ids: sourceRows, columns, weights }] of givenTo(attrs, dys, space).entries()) {
      const by = { offsets, order, size: columns, sourceRows };
      k.gatherSum({ weights, source, dim: leftShape[1]!, ...by, out, accumulate: accumulate || at > 0 });
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
    const lists = parts.map(({ ids }) => ids);
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
