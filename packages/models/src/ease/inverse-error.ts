import type { Interactions } from '@losslab/core';
import { Random } from '@losslab/kernels';

/**
 * ‖P (XᵀX + λI) v − v‖ / ‖v‖ of one vector v of random signs, in float64: how far P [n, n] is from the inverse. XᵀX is not needed
 * for it, only X.
 */
export function inverseError(data: Interactions, ridge: number, p: Float32Array): number {
  const n = data.itemCount;
  const random = new Random({ seed: 1 });
  const v = Float64Array.from({ length: n }, () => 2 * random.int(2) - 1);
  const y = gramProduct(data, ridge, v);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const row = p.subarray(i * n, (i + 1) * n);
    let sum = -v[i]!;
    for (let j = 0; j < n; j++) sum += row[j]! * y[j]!;
    squares += sum * sum;
  }
  return Math.sqrt(squares / n);
}

/** (XᵀX + λI) v, user by user. */
function gramProduct({ userCount, indptr, indices }: Interactions, ridge: number, v: Float64Array): Float64Array {
  const out = v.map((value) => ridge * value);
  for (let user = 0; user < userCount; user++) {
    const items = indices.subarray(indptr[user]!, indptr[user + 1]!);
    let score = 0;
    for (const item of items) score += v[item]!;
    for (const item of items) out[item]! += score;
  }
  return out;
}
