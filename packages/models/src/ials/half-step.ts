/**
 * Half a step of iALS: the vectors of one side, the other side's fixed (Rendle et al., RecSys 2022; Hu et al., ICDM 2008).
 * The gradient of eq. 23 in the vector y_r is 0 where
 *
 *     ( f · Σ_{p∈S_r} c_p x_p x_pᵀ + α₀ XᵀX + λ_r I ) y_r = Σ_{p∈S_r} c_p x_p
 *
 * with f = 1, c = 1; for debiased iALS f = 1 − α₀ and c_p the user's c_u. XᵀX is made once a half-step, so a row costs what its
 * entries cost.
 */
import { type Csr, kernels } from '@losslab/kernels';
import { pause } from '../pause.ts';
import { Scratch } from '../scratch.ts';

/** One side's rows; all arrays in the kernels' memory. */
export interface Side {
  /** The row's entries on the other side, S_r. */
  readonly entries: Csr;
  /** c_p, in the order of the entries. Absent: 1. */
  readonly weights?: Float32Array;
  /** λ_r [rows]. */
  readonly ridge: Float32Array;
  /** y [rows, dimension]. */
  readonly vectors: Float32Array;
}

export interface HalfStep {
  readonly dimension: number;
  /** α₀ ≥ 0. */
  readonly alpha0: number;
  /** f: 1, or 1 − α₀ where the loss is debiased. */
  readonly factor: number;
  readonly signal?: AbortSignal | undefined;
}

/** Rows between two looks at the signal: a fraction of a second. */
const BLOCK = 4096;

/** Solves `side.vectors` against `fixed` [n, dimension]. */
export async function solveSide(side: Side, fixed: Float32Array, options: HalfStep): Promise<void> {
  const { dimension: dim, alpha0, factor, signal } = options;
  const { entries, weights, ridge, vectors } = side;
  const scratch = new Scratch();
  try {
    const gram = scaledGram(fixed, dim, alpha0, scratch.f32(dim * dim));
    for (let first = 0; first < ridge.length; first += BLOCK) {
      const last = Math.min(ridge.length, first + BLOCK);
      kernels().ridgeRows({
        source: fixed,
        dim,
        rows: { indptr: entries.indptr.subarray(first, last + 1), indices: entries.indices },
        ...(weights && { weights }),
        factor,
        gram,
        ridge: ridge.subarray(first, last),
        out: vectors.subarray(first * dim, last * dim),
      });
      await pause(signal);
    }
  } finally {
    scratch.free();
  }
}

/** Rows of x that are multiplied at a time: what matmul packs of them stays small. */
const DEPTH = 2 ** 16;

/** out [dim, dim] = α₀ xᵀx, x [n, dim]. */
function scaledGram(x: Float32Array, dim: number, alpha0: number, out: Float32Array): Float32Array {
  out.fill(0);
  for (let first = 0; first < x.length; first += DEPTH * dim) {
    const block = x.subarray(first, Math.min(x.length, first + DEPTH * dim));
    const shape = { m: dim, k: block.length / dim, n: dim };
    kernels().matmul({ a: block, b: block, ...shape, transposeA: true, accumulate: true, out });
  }
  for (let at = 0; at < out.length; at++) out[at]! *= alpha0;
  return out;
}
