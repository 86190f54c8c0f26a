import { type Kernels, Random } from '../src/index.ts';

/** A step's worth of kernels, large enough to be cut; its outputs, one after the other. */
export function work(k: Kernels): Float32Array {
  const [B, N, D, R] = [256, 96, 64, 3000];
  const random = new Random({ seed: 1 });
  const table = (rows: number): Float32Array => {
    const view = k.memory.f32(rows * D);
    for (let i = 0; i < view.length; i++) view[i] = random.float() - 0.5;
    return view;
  };
  const [left, right] = [table(B), table(R)];
  const rightRows = k.memory.i32(B * N);
  k.sampleNegatives({ at: { seed: 5 }, columns: N, items: R, out: rightRows });
  const scores = k.memory.f32(B * N);
  const plan = k.planPairs({ rightRows, columns: N, rights: R, dim: D });
  k.planDot(plan, { left, right, out: scores });
  const lse = k.memory.f32(B);
  k.reduceRows('logSumExp', { x: scores, columns: N, out: lse });
  const weights = k.memory.f32(B * N);
  k.logSumExpGradient({ x: scores, lse, dy: k.memory.f32(B).fill(1 / B), columns: N, out: weights });
  const [leftGradient, rightGradient] = [k.memory.f32(B * D), k.memory.f32(R * D)];
  k.planGradients(plan, { weights, left, right, leftGradient, rightGradient });
  const [m, v] = [k.memory.f32(R * D).fill(0), k.memory.f32(R * D).fill(0)];
  k.adam({ parameter: right, dim: D, gradient: { values: rightGradient }, learningRate: 0.01, m, v, step: 1 });
  const product = k.memory.f32(B * R);
  k.matmul({ a: left, b: right, m: B, k: D, n: R, transposeB: true, out: product });
  const [outIds, outScores] = [k.memory.i32(B * 20), k.memory.f32(B * 20)];
  k.topK({ users: left, items: right, dim: D, k: 20, outIds, outScores });
  const a = {
    indptr: k.memory.copyOf(Int32Array.from({ length: B + 1 }, (_, b) => b * N)),
    indices: rightRows,
    values: weights,
  };
  const sums = k.memory.f32(B * D);
  k.spmm({ a, x: right, dim: D, out: sums });
  k.spmm({ a, x: right, dim: D, out: sums, accumulate: true });
  return Float32Array.from(
    [scores, lse, weights, leftGradient, right, product, outIds, outScores, sums].flatMap((x) => [...x]),
  );
}
