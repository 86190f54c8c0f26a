import { type Interactions, LosslabError } from '@losslab/core';
import { byItem } from '../by-item.ts';
import { Scratch } from '../scratch.ts';
import { confidences } from './confidence.ts';
import { type Side, solveSide } from './half-step.ts';
import type { IalsOptions } from './options.ts';

export interface Factors {
  readonly users: Float32Array; // [users, dimension]
  readonly items: Float32Array; // [items, dimension]
}

/**
 * Alternates half-steps, users first, from these item vectors. Costs 8 bytes an interaction (16 where debiased) besides the
 * vectors.
 * @param initial [items, dimension]
 * @throws LosslabError `not-finite` where a system was not positive definite in float32
 */
export async function fitIals(
  data: Interactions,
  initial: Float32Array,
  options: IalsOptions,
  signal?: AbortSignal,
): Promise<Factors> {
  const { dimension, iterations, alpha0, debiased } = options;
  const scratch = new Scratch();
  try {
    const users = userSide(data, options, scratch);
    const items = itemSide(data, options, initial, scratch);
    const halfStep = { dimension, alpha0, factor: debiased === 'no' ? 1 : 1 - alpha0, signal };
    for (let iteration = 0; iteration < iterations; iteration++) {
      await solveSide(users, items.vectors, halfStep);
      await solveSide(items, users.vectors, halfStep);
    }
    return { users: finite(users.vectors), items: finite(items.vectors) };
  } finally {
    scratch.free();
  }
}

function userSide(data: Interactions, options: IalsOptions, scratch: Scratch): Side {
  const { userCount, itemCount, indptr, indices } = data;
  return {
    entries: { indptr: scratch.copyOf(indptr), indices: scratch.copyOf(indices) },
    ...weights(data, indptr, (user) => user, options, scratch),
    ridge: ridges(indptr, itemCount, options, scratch),
    vectors: scratch.f32(userCount * options.dimension),
  };
}

function itemSide(data: Interactions, options: IalsOptions, initial: Float32Array, scratch: Scratch): Side {
  const { indptr, indices } = byItem(data);
  return {
    entries: { indptr: scratch.copyOf(indptr), indices: scratch.copyOf(indices) },
    ...weights(data, indptr, (_, p) => indices[p]!, options, scratch),
    ridge: ridges(indptr, data.userCount, options, scratch),
    vectors: scratch.copyOf(initial),
  };
}

/** c_u of every entry's user; none where the loss is not debiased. */
function weights(
  data: Interactions,
  indptr: Int32Array,
  userOf: (row: number, entry: number) => number,
  options: IalsOptions,
  scratch: Scratch,
): Pick<Side, 'weights'> {
  if (options.debiased === 'no') return {};
  const ofUsers = confidences(options, options.alpha0, degrees(data.indptr), data.itemCount);
  const out = scratch.f32(data.indices.length);
  for (let row = 0; row + 1 < indptr.length; row++) {
    for (let p = indptr[row]!; p < indptr[row + 1]!; p++) out[p] = ofUsers[userOf(row, p)]!;
  }
  return { weights: out };
}

/** λ_r = λ (|S_r| + α₀ · others)^ν of eq. 23. */
function ridges(
  indptr: Int32Array,
  others: number,
  { lambda, alpha0, nu }: IalsOptions,
  scratch: Scratch,
): Float32Array {
  const out = scratch.f32(indptr.length - 1);
  degrees(indptr).forEach((degree, row) => {
    out[row] = lambda * (degree + alpha0 * others) ** nu;
  });
  return out;
}

export function degrees(indptr: Int32Array): Int32Array {
  return Int32Array.from({ length: indptr.length - 1 }, (_, row) => indptr[row + 1]! - indptr[row]!);
}

function finite(view: Float32Array): Float32Array {
  const vectors = view.slice();
  if (vectors.every(Number.isFinite)) return vectors;
  throw new LosslabError(
    'not-finite',
    '[models] expected finite vectors of ials, got NaN: a system was not positive definite; raise lambda',
    { where: 'lambda' },
  );
}
