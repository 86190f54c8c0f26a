// Milliseconds of the kernels of one step of matrix factorisation (B = 1024, N = 800, D = 64, 31,668 × 38,048 rows, as
// Yelp2018), of ranking and of products. `node bench/step.ts [simd|relaxed|wide]`
import { type Build, createKernels } from '../src/index.ts';

const k = createKernels({ build: (process.argv[2] ?? 'auto') as Build | 'auto' });
const { memory } = k;
const [B, N, D, ITEMS, RANKED] = [1024, 800, 64, 38_048, 2048];

/** Prints the median of `runs`, and billions of `operations` a second. */
function time(name: string, run: () => void, operations = 0, runs = 11): void {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const median = times[runs >> 1]!;
  const rate = operations > 0 ? `${(operations / median / 1e6).toFixed(1)} G/s` : '';
  console.log(
    `${name.padEnd(28)}${median.toFixed(2).padStart(8)} ms   least ${times[0]!.toFixed(2).padStart(7)}   ${rate}`,
  );
}

function normals(length: number, seed: number): Float32Array {
  const out = memory.f32(length);
  k.fillNormal({ at: { seed }, out });
  return out;
}

console.log(`build ${k.build}, B ${B}, N ${N}, D ${D}, ${ITEMS} items\n`);
const table = normals(ITEMS * D, 1);
const left = normals(B * D, 2);
const ids = memory.i32(B * N);
time('sampleNegatives', () => k.sampleNegatives({ at: { seed: 3 }, columns: N, items: ITEMS, out: ids }));

const slots = memory.i32(ITEMS).fill(-1);
const list = memory.i32(ITEMS);
const rightRows = memory.i32(B * N);
let count = 0;
time('distinct, clearSlots', () => {
  count = k.distinct({ ids, slots, list, positions: rightRows });
  k.clearSlots({ list, count, slots });
});
const right = memory.f32(count * D);
time('gatherRows', () => k.gatherRows({ table, dim: D, ids: list.subarray(0, count), out: right }));
const inverseNorms = memory.f32(count);
time('normaliseRows', () => k.normaliseRows({ rows: right, dim: D, inverseNorms }));

const scores = memory.f32(B * N);
const weights = memory.f32(B * N);
const pairs = 2 * B * N * D;
const shape = { rightRows, columns: N, rights: count, dim: D };
time('planPairs, freePlan', () => k.freePlan(k.planPairs(shape)));
const plan = k.planPairs(shape);
time('planDot', () => k.planDot(plan, { left, right, out: scores }), pairs);
const lse = memory.f32(B);
const dy = memory.f32(B).fill(1 / B);
time('logSumExp', () => k.reduceRows('logSumExp', { x: scores, columns: N, out: lse }));
time('logSumExpGradient', () => k.logSumExpGradient({ x: scores, lse, dy, columns: N, out: weights }));
const [leftGradient, rightGradient] = [memory.f32(B * D), memory.f32(count * D)];
const gradients = { weights, left, right, leftGradient, rightGradient };
time('planGradients', () => k.planGradients(plan, gradients), 2 * pairs);

console.log('\nthe same, pairs taken as they come');
time('pairDot', () => k.pairDot({ left, right, rightRows, columns: N, dim: D, out: scores }), pairs);
const offsets = memory.i32(count + 1);
const order = memory.i32(B * N);
time('sortPairs', () => k.sortPairs({ rightRows, groups: count, offsets, order }));
const ofLeft = { weights, source: right, dim: D, offsets: N, sourceRows: rightRows, out: leftGradient };
time('gatherSum, left', () => k.gatherSum(ofLeft), pairs);
const ofRight = { weights, source: left, dim: D, offsets, order, columns: N, out: rightGradient };
time('gatherSum, right', () => k.gatherSum(ofRight), pairs);
console.log();

const [SPARSE, COLUMNS, EACH] = [6040, 3706, 118];
const indices = memory.i32(SPARSE * EACH);
k.fillIntegers({ at: { seed: 7 }, bound: COLUMNS, out: indices });
const a = {
  indptr: memory.copyOf(Int32Array.from({ length: SPARSE + 1 }, (_, row) => row * EACH)),
  indices,
  values: normals(SPARSE * EACH, 8),
};
const [sparseX, sparseOut] = [normals(COLUMNS * D, 9), memory.f32(SPARSE * D)];
time('spmm, as ML-1M', () => k.spmm({ a, x: sparseX, dim: D, out: sparseOut }), 2 * SPARSE * EACH * D);
console.log();

const moments = { m: memory.f32(ITEMS * D).fill(0), v: memory.f32(ITEMS * D).fill(0) };
k.distinct({ ids, slots, list });
const gradient = { values: rightGradient, slots };
time('adam, items', () => k.adam({ parameter: table, ...moments, dim: D, gradient, learningRate: 1e-3, step: 9 }));

for (const op of ['exp', 'logSigmoid'] as const) time(`${op}, B × N`, () => k.unary(op, { x: scores, out: weights }));

const [users, outIds, outScores] = [normals(RANKED * D, 4), memory.i32(RANKED * 20), memory.f32(RANKED * 20)];
const ranking = { users, items: table, dim: D, k: 20, outIds, outScores };
time(`topK 20, ${RANKED} users`, () => k.topK(ranking), 2 * RANKED * ITEMS * D, 5);

for (const [m, depth, n] of [
  [1024, 1024, 1024],
  [1024, 128, 64],
  [1024, 64, 1],
] as const) {
  const [a, b, out] = [normals(m * depth, 5), normals(depth * n, 6), memory.f32(m * n)];
  time(`matmul ${m} × ${depth} × ${n}`, () => k.matmul({ a, b, m, k: depth, n, out }), 2 * m * depth * n);
}
