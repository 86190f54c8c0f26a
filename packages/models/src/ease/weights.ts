/**
 * The item-item weights of EASE, in one [I, I] matrix from counts to weights:
 *
 *     counts XᵀX → + λ I → inverse P → W = I − P · dMat(1 ⊘ diag(P)), times 1 / (1 − α)
 */
import { type Interactions, LosslabError } from '@losslab/core';
import { KernelError, kernels } from '@losslab/kernels';
import { byItem } from '../by-item.ts';
import { pause } from '../pause.ts';
import { Scratch } from '../scratch.ts';
import { inverseError } from './inverse-error.ts';
import type { EaseOptions } from './options.ts';

/** What the inverse may be wrong by, as a share: more than that changes rankings. */
const TOLERANCE = 1e-2;

/**
 * @returns W [items, items]: score(u, i) = Σ_{j∈I_u⁺} W_ji
 * @throws LosslabError `bad-option` where float32 is too short for an inverse with this λ
 */
export async function easeWeights(
  data: Interactions,
  { lambda, alpha }: EaseOptions,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const n = data.itemCount;
  const ridge = lambda / (1 - alpha);
  const scratch = new Scratch();
  try {
    const a = scratch.f32(n * n);
    const { indptr, indices } = byItem(data);
    kernels().countTogether({
      itemsByRow: { indptr: scratch.copyOf(data.indptr), indices: scratch.copyOf(data.indices) },
      rowsByItem: { indptr: scratch.copyOf(indptr), indices: scratch.copyOf(indices) },
      n,
      out: a,
    });
    for (let i = 0; i < n; i++) a[i * n + i]! += ridge;
    await invert(a, n, lambda, signal);
    const error = inverseError(data, ridge, a);
    if (!(error <= TOLERANCE)) throw tooShort(lambda, `an inverse that is off by ${error.toPrecision(2)}`);
    toWeights(a, n, 1 / (1 - alpha));
    return a.slice();
  } finally {
    scratch.free();
  }
}

async function invert(a: Float32Array, n: number, lambda: number, signal?: AbortSignal): Promise<void> {
  try {
    for (const _ of kernels().invertSymmetric({ a, n })) await pause(signal);
  } catch (error) {
    if (error instanceof KernelError && error.code === 'bad-data')
      throw tooShort(lambda, 'a pivot that is not positive');
    throw error;
  }
}

/** P → scale · (I − P · dMat(1 ⊘ diag(P))): 0 on the diagonal, −scale · P_ji / P_ii elsewhere. */
function toWeights(p: Float32Array, n: number, scale: number): void {
  const factors = Float32Array.from({ length: n }, (_, i) => -scale / p[i * n + i]!);
  for (let j = 0; j < n; j++) {
    const row = p.subarray(j * n, (j + 1) * n);
    for (let i = 0; i < n; i++) row[i]! *= factors[i]!;
    row[j] = 0;
  }
}

function tooShort(lambda: number, got: string): LosslabError {
  return new LosslabError(
    'bad-option',
    `[models] expected a lambda with which float32 can invert XᵀX + λI (eq. 24), got ${lambda}: ${got}; raise lambda`,
    { where: 'lambda' },
  );
}
