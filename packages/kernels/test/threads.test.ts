import { afterAll, describe, expect, test } from 'vitest';
import { createKernels, type Kernels, Random } from '../src/index.ts';

const instances: Kernels[] = [];
async function withThreads(build: Kernels['build'], threads: number): Promise<Kernels> {
  const k = createKernels({ build });
  k.engine.threads = threads;
  await k.engine.ready();
  instances.push(k);
  return k;
}
afterAll(() => {
  for (const k of instances) k.engine.threads = 1;
});

/** A step's worth of kernels, large enough to be cut; its outputs, one after the other. */
function work(k: Kernels): Float32Array {
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
  return Float32Array.from(
    [scores, lse, weights, leftGradient, right, product, outIds, outScores].flatMap((x) => [...x]),
  );
}

describe.each(['simd', 'relaxed'] as const)('threads (%s)', (build) => {
  test('1, 2 and 4 give the same bits', async () => {
    const one = work(await withThreads(build, 1));
    for (const threads of [2, 4]) {
      const k = await withThreads(build, threads);
      for (let round = 0; round < 3; round++) expect(Buffer.compare(bytes(work(k)), bytes(one))).toBe(0);
    }
  });

  test.each([2 ** 31 - 2 ** 22, 2 ** 31, 3 * 2 ** 30])('beyond address %i the bits are the same', async (below) => {
    const one = work(await withThreads(build, 1));
    const k = await withThreads(build, 2);
    const untouched = k.memory.u8(below); // never written, so that it takes no room but addresses
    expect(Buffer.compare(bytes(work(k)), bytes(one))).toBe(0);
    expect(k.memory.f32(1).byteOffset).toBeGreaterThan(below);
    k.memory.free(untouched);
  });
});

const bytes = (x: Float32Array): Buffer => Buffer.from(x.buffer, x.byteOffset, x.byteLength);

test('threads that come up while work goes on join it, and going back to one leaves them asleep', async () => {
  const k = createKernels({ build: 'simd' });
  const one = work(k);
  k.engine.threads = 3;
  for (let round = 0; round < 6; round++) {
    expect(Buffer.compare(bytes(work(k)), bytes(one))).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  k.engine.threads = 1;
  expect(Buffer.compare(bytes(work(k)), bytes(one))).toBe(0);
  k.engine.threads = 2;
  await k.engine.ready();
  expect(Buffer.compare(bytes(work(k)), bytes(one))).toBe(0);
  k.engine.threads = 1;
});

test('a number of threads that is none is refused', () => {
  const k = createKernels({ build: 'simd' });
  expect(() => {
    k.engine.threads = 0;
  }).toThrow('[kernels] expected threads ≥ 1, got 0; pass a whole number');
});
