import { expect, it } from 'vitest';
import { type Csr, createKernels, type Kernels, type View } from '../src/index.ts';
import { bits, builds, csrOf, definite, floats, ints, uniforms, wholes } from './support.ts';

/** Kernels whose every run is cut into `pieces` ranges of rows, done last first. */
function cut(build: Kernels['build'], pieces: number): Kernels {
  const k = createKernels({ build });
  k.engine.run = (kernel, args, rows, { scratchBytes } = {}) => {
    const ends = Array.from({ length: pieces + 1 }, (_, piece) => Math.round((rows * piece) / pieces));
    for (let piece = pieces - 1; piece >= 0; piece--) {
      if (ends[piece + 1]! > ends[piece]!)
        k.engine.runRange(kernel, args, ends[piece]!, ends[piece + 1]!, scratchBytes);
    }
  };
  return k;
}

const at = { seed: 7, stream: 1, epoch: 2, step: 3 };
const seen = (k: Kernels): Csr => csrOf(k, [[1, 4, 9], [], [0, 1, 2, 5, 8, 11]]);
/** The rows of `seen` by item. */
const BY_ITEM = [[2], [0, 2], [2], [], [0], [2], [], [], [2], [0], [], [2]];
const [ROWS, DIM] = [103, 9];

/** What each kernel writes, by name. */
const CASES: Record<string, (k: Kernels) => View[]> = {
  fills: (k) => {
    const out = k.memory.u32(1037);
    k.fillBits({ at, out });
    const [uniform, normal, integers, mask] = [
      k.memory.f32(1037),
      k.memory.f32(2051),
      k.memory.i32(1037),
      k.memory.f32(7 * 31),
    ];
    k.fillUniform({ at, out: uniform });
    k.fillNormal({ at, out: normal });
    k.fillIntegers({ at, out: integers, bound: 2 ** 31 - 5 });
    k.dropoutMask({ at, columns: 31, rate: 0.3, out: mask });
    return [out, uniform, normal, integers, mask];
  },
  sampling: (k) => {
    const users = ints(k, wholes(50, 0, 3));
    const [uniform, weighted, positives] = [k.memory.i32(350), k.memory.i32(350), k.memory.i32(350)];
    k.sampleNegatives({ at, users, columns: 7, items: 12, exclude: seen(k), out: uniform });
    const table = k.aliasTable([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3]);
    k.samplePopularity({ at, users, columns: 7, table, exclude: seen(k), out: weighted });
    k.samplePositives({ at, users, positives: users, interactions: seen(k), columns: 7, out: positives });
    return [uniform, weighted, positives];
  },
  rows: (k) => {
    const table = floats(k, uniforms(ROWS * DIM));
    const ids = ints(k, wholes(61, 0, ROWS));
    const [gathered, inverseNorms, out] = [
      k.memory.f32(61 * DIM),
      k.memory.f32(61),
      floats(k, uniforms(ROWS * DIM, 2)),
    ];
    k.gatherRows({ table, dim: DIM, ids, out: gathered });
    const [units, norms] = [k.memory.f32(61 * DIM), k.memory.f32(61)];
    k.gatherUnits({ table, dim: DIM, ids, out: units, inverseNorms: norms });
    const gradient = floats(k, gathered);
    k.normaliseRows({ rows: gathered, dim: DIM, inverseNorms });
    k.projectNormalised({ gradient, unit: gathered, inverseNorms, dim: DIM });
    k.addRows({ source: gradient, rows: ids, out, dim: DIM, fresh: k.memory.u8(ROWS).fill(1) });
    const axpy = floats(k, table);
    k.axpyRows({ scale: 0.3, source: table, out: axpy, dim: DIM });
    const sums = floats(k, [k.sumOfSquares({ table, dim: DIM, ids }), k.sumOfSquares({ table, dim: DIM })]);
    return [gathered, inverseNorms, units, norms, gradient, out, axpy, sums];
  },
  pairs: (k) => {
    const [left, right] = [floats(k, uniforms(13 * 65)), floats(k, uniforms(ROWS * 65, 2))];
    const rightRows = ints(k, wholes(13 * 37, 0, ROWS));
    const [out, toLeft, toRight] = [k.memory.f32(13 * 37), k.memory.f32(13 * 65), k.memory.f32(ROWS * 65)];
    k.pairDot({ left, right, rightRows, columns: 37, dim: 65, out });
    const [offsets, order] = [k.memory.i32(ROWS + 1), k.memory.i32(13 * 37)];
    k.sortPairs({ rightRows, groups: ROWS, offsets, order });
    k.gatherSum({ weights: out, source: right, dim: 65, offsets: 37, sourceRows: rightRows, out: toLeft });
    k.gatherSum({ weights: out, source: left, dim: 65, offsets, order, columns: 37, out: toRight });
    const leftRows = ints(k, wholes(13, 0, 5));
    const [scores, sources, listed] = [k.memory.f32(13 * 37), k.memory.i32(13 * 37), k.memory.f32(13 * 37)];
    k.pairDot({ left, leftRows, right, rightRows, columns: 37, dim: 65, out: scores });
    k.groupPairs({
      rightRows,
      parts: [{ columns: 37, weights: out }],
      leftRows,
      groups: ROWS,
      offsets,
      sources,
      listed,
    });
    const direct = floats(k, toRight);
    const from = { source: left, dim: 65, offsets, sourceRows: sources };
    k.gatherSum({ weights: listed, ...from, out: direct, accumulate: true });
    const [starts, rows, grouped] = [k.memory.i32(6), k.memory.i32(13), k.memory.f32(5 * 65)];
    k.sortPairs({ rightRows: leftRows, groups: 5, offsets: starts, order: rows });
    const nested = { offsets: starts, order: rows, size: 37, sourceRows: rightRows };
    k.gatherSum({ weights: out, source: right, dim: 65, ...nested, out: grouped });
    const few = [1, 2, 3].map((columns) => {
      const some = { rightRows: rightRows.subarray(0, 13 * columns), out: k.memory.f32(13 * columns) };
      k.pairDot({ left, leftRows, right, columns, dim: 65, ...some });
      return some.out;
    });
    return [out, toLeft, toRight, scores, sources, listed, direct, grouped, ...few];
  },
  plans: (k) => {
    const [left, right] = [floats(k, uniforms(37 * 100)), floats(k, uniforms(4100 * 100, 2))];
    const [rightRows, weights] = [ints(k, wholes(37 * 24, 0, 4100)), floats(k, uniforms(37 * 24, 3))];
    const plan = k.planPairs({ rightRows, columns: 24, rights: 4100, dim: 100 });
    const [out, leftGradient, rightGradient] = [k.memory.f32(37 * 24), k.memory.f32(3700), k.memory.f32(410_000)];
    k.planDot(plan, { left, right, out });
    k.planGradients(plan, { weights, left, right, leftGradient, rightGradient });
    expect(plan.blocks?.count).toBe(5);
    const rowStarts = ints(k, [0, 300, 301, 301, 700, 37 * 24]);
    const runs = k.planPairs({ rightRows, rowStarts, rights: 4100, dim: 100 });
    const [scores, toLeft] = [k.memory.f32(37 * 24), k.memory.f32(500)];
    k.planDot(runs, { left, right, out: scores });
    k.planGradients(runs, { weights, left, right, leftGradient: toLeft });
    return [out, leftGradient, rightGradient, scores, toLeft];
  },
  elementwise: (k) => {
    const x = floats(k, uniforms(1003));
    const [exp, sum, rows, truth] = [k.memory.f32(1003), k.memory.f32(1003), k.memory.f32(1003), k.memory.u8(1003)];
    k.unary('logSigmoid', { x, out: exp });
    k.binary('mul', { left: x, right: exp, out: sum });
    k.binary('div', { left: x, right: exp.subarray(0, 17), out: rows, columns: 17, rightAs: 'row' });
    k.compare('greater', { left: x, right: sum, out: truth });
    k.copy({ x: sum, out: x });
    return [exp, sum, rows, truth, x];
  },
  reductions: (k) => {
    const x = floats(k, uniforms(ROWS * 37));
    const [sum, lse, columns] = [k.memory.f32(ROWS), k.memory.f32(ROWS), k.memory.f32(37)];
    k.reduceRows('sum', { x, columns: 37, out: sum });
    k.reduceRows('logSumExp', { x, columns: 37, out: lse });
    k.columnSum({ x, columns: 37, out: columns });
    const [soft, gradient] = [floats(k, x), floats(k, x)];
    k.softmax({ x, columns: 37, out: soft });
    k.logSumExpGradient({ x, lse, dy: sum, columns: 37, out: gradient });
    const [mean, slopes] = [k.memory.f32(ROWS), floats(k, x)];
    k.softmaxMean({ x, columns: 37, out: mean, temperature: 0.3 });
    k.softmaxMeanGradient({ x, dy: sum, columns: 37, out: slopes, temperature: 0.3 });
    return [sum, lse, columns, soft, gradient, mean, slopes];
  },
  matrices: (k) => {
    const [a, b] = [floats(k, uniforms(ROWS * 300)), floats(k, uniforms(300 * 29, 2))];
    const [out, turned] = [k.memory.f32(ROWS * 29), k.memory.f32(ROWS * 300)];
    k.matmul({ a, b, m: ROWS, k: 300, n: 29, out });
    const products = k.memory.f32(50 * 2 * 3);
    k.matmul({ a, b: b.subarray(0, 900), m: 2, k: 300, n: 3, batch: 50, out: products });
    k.transpose({ x: a, rows: ROWS, columns: 300, out: turned });
    return [out, products, turned];
  },
  sparse: (k) => {
    const lists = Array.from({ length: ROWS }, (_, r) => [...wholes((r * r) % 23, 0, 50, r)]);
    const structure = csrOf(k, lists);
    const a = { ...structure, values: floats(k, uniforms(structure.indices.length)) };
    const x = floats(k, uniforms(50 * DIM, 2));
    const [all, listed, few] = [k.memory.f32(ROWS * DIM), k.memory.f32(61 * DIM), k.memory.f32(ROWS * DIM)];
    k.spmm({ a, x, dim: DIM, out: all });
    k.spmmListed({ a, x, list: ints(k, wholes(61, 0, ROWS)), dim: DIM, out: listed });
    k.spmmSlots({
      a,
      x,
      slots: ints(
        k,
        Int32Array.from({ length: 50 }, (_, c) => (c % 3 ? -1 : c)),
      ),
      dim: DIM,
      out: few,
    });
    return [all, listed, few];
  },
  systems: (k) => {
    const rows = csrOf(
      k,
      Array.from({ length: 41 }, (_, r) => [...wholes((7 * r) % 150, 0, 60, r)]),
    );
    const [source, gram] = [floats(k, uniforms(60 * 13)), k.memory.f32(13 * 13)];
    k.matmul({ a: source, b: source, m: 13, k: 60, n: 13, transposeA: true, out: gram });
    const weights = floats(k, uniforms(rows.indices.length, 2).map(Math.abs));
    const [ridge, out] = [floats(k, new Float32Array(41).fill(0.5)), k.memory.f32(41 * 13)];
    k.ridgeRows({ source, dim: 13, rows, weights, factor: 0.9, gram, ridge, out });
    const [a, counts] = [floats(k, definite(213)), k.memory.f32(12 * 12).fill(0)];
    for (const _ of k.invertSymmetric({ a, n: 213 }));
    k.countTogether({ itemsByRow: seen(k), rowsByItem: csrOf(k, BY_ITEM), n: 12, out: counts });
    return [out, a, counts];
  },
  optimizers: (k) => {
    const parameter = floats(k, uniforms(ROWS * DIM));
    const [m, v] = [floats(k, uniforms(ROWS * DIM, 2)), floats(k, uniforms(ROWS * DIM, 3).map(Math.abs))];
    const slots = ints(
      k,
      Int32Array.from({ length: ROWS }, (_, r) => (r % 3 ? -1 : r / 3)),
    );
    const gradient = { values: floats(k, uniforms(ROWS * DIM, 4)), slots };
    k.adam({ parameter, m, v, dim: DIM, gradient, learningRate: 0.1, step: 3 });
    k.adagrad({ parameter, sum: v, dim: DIM, gradient, learningRate: 0.1, weightDecay: 0.1 });
    k.sgd({ parameter, dim: DIM, gradient, learningRate: 0.1 });
    const [decayed, clocks] = [floats(k, parameter), ints(k, wholes(ROWS, 0, 9))];
    k.decayIdle({ parameter: decayed, dim: DIM, clocks, step: 8, learningRate: 0.1, weightDecay: 0.3 });
    return [parameter, m, v, decayed, clocks];
  },
  ranking: (k) => {
    const [users, items] = [floats(k, uniforms(ROWS * 12)), floats(k, uniforms(301 * 12, 2))];
    const [outIds, outScores] = [k.memory.i32(ROWS * 10), k.memory.f32(ROWS * 10)];
    k.topK({ users, items, dim: 12, k: 10, outIds, outScores });
    const [ids, best] = [k.memory.i32(12 * 10), k.memory.f32(12 * 10)];
    k.topKOfScores({ scores: items, items: 301, k: 10, outIds: ids, outScores: best });
    return [outIds, outScores, ids, best];
  },
};

for (const build of builds) {
  const whole = cut(build, 1);
  const others = [2, 3, 7].map((pieces) => cut(build, pieces));
  it.each(Object.keys(CASES))(`the bits of %s do not depend on how rows are cut (${build})`, (name) => {
    const expected = CASES[name]!(whole).map(bits);
    for (const other of others) expect(CASES[name]!(other).map(bits)).toEqual(expected);
  });
}
