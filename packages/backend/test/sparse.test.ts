import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  batchSquaredNorm,
  edgeDropout,
  ParameterSet,
  type PropagationOptions,
  propagatedRows,
  SparseMatrix,
  spmm,
  useEngine,
} from '../src/index.ts';
import { denseGradient, differences, expectClose, normals, numbers, onEngines, tableOf, wholes } from './support.ts';

const [ROWS, COLUMNS, D] = [6, 5, 9];
/** Row 2 is empty, column 4 too. */
const LISTS = [[0, 3], [1, 2, 3], [], [0, 1, 2, 3], [2], [0, 2]];
const indices = Int32Array.from(LISTS.flat());
const indptr = Int32Array.from([0, ...LISTS.map((_, r) => LISTS.slice(0, r + 1).flat().length)]);
const values = normals(indices.length, 3);
const matrixOf = (): SparseMatrix => new SparseMatrix({ rows: ROWS, columns: COLUMNS, indptr, indices, values });

/** A · x or Aᵀ · x in float64. */
function naive(x: ArrayLike<number>, transposed: boolean, of: ArrayLike<number> = values): Float64Array {
  const out = new Float64Array((transposed ? COLUMNS : ROWS) * D);
  for (let r = 0; r < ROWS; r++) {
    for (let p = indptr[r]!; p < indptr[r + 1]!; p++) {
      const [from, to] = transposed ? [r, indices[p]!] : [indices[p]!, r];
      for (let d = 0; d < D; d++) out[to * D + d]! += of[p]! * x[from * D + d]!;
    }
  }
  return out;
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

const rowsOf = (x: ArrayLike<number>, ids: ArrayLike<number>): number[] =>
  Array.from(ids).flatMap((id) => Array.from({ length: D }, (_, d) => x[id * D + d]!));

onEngines('spmm', () => {
  it.each([false, true])('agrees with a naive product and its differences (transposed: %s)', (transposed) => {
    const matrix = matrixOf();
    const count = transposed ? ROWS : COLUMNS;
    const x = normals(count * D, 4);
    const weights = normals((transposed ? COLUMNS : ROWS) * D, 5);
    const product = (given: tf.Tensor): tf.Tensor2D => spmm({ matrix, x: given as tf.Tensor2D, transposed });
    const tensor = tf.tensor2d(x, [count, D]);
    expectClose(numbers(product(tensor)), naive(x, transposed), 1e-6);
    const gradient = tf.grad((given: tf.Tensor) =>
      product(given)
        .mul(tf.tensor2d(weights, [weights.length / D, D]))
        .sum(),
    )(tensor);
    expectClose(
      numbers(gradient),
      differences((at) => dot(naive(at, transposed), weights), x),
      1e-5,
    );
    matrix.dispose();
  });

  it('gives back what it holds', () => {
    const before = tf.memory().numTensors;
    matrixOf().dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses an x of another size', () => {
    const matrix = matrixOf();
    expect(() => spmm({ matrix, x: tf.zeros([ROWS, D]) as tf.Tensor2D })).toThrow(
      '[backend] expected x of 5 rows, got 6; transpose the matrix, or give it another x',
    );
    matrix.dispose();
  });
});

describe('a SparseMatrix', () => {
  const whole = { rows: 2, columns: 3, indptr: Int32Array.of(0, 1, 2), indices: Int32Array.of(0, 2) };
  const both = Float32Array.of(1, 2);
  it.each([
    [{ ...whole, values: both, rows: 3 }, 'expected indptr of 4 numbers, got 3; check the compressed rows'],
    [{ ...whole, values: both, indptr: Int32Array.of(0, 1, 1) }, 'expected indptr from 0 to 2, got 0 to 1'],
    [{ ...whole, values: both, indptr: Int32Array.of(0, 3, 2) }, 'expected indptr that never falls, got 3, 2 at 2'],
    [{ ...whole, values: Float32Array.of(1) }, 'expected 2 values, got 1'],
    [{ ...whole, values: both, columns: 2 }, 'expected columns in [0, 2), got 2 at 1'],
  ])('refuses arrays that do not make one', (options, message) => {
    expect(() => new SparseMatrix(options)).toThrow(`[backend] ${message}`);
  });
});

onEngines('edgeDropout', () => {
  const [rows, columns, entries] = [300, 200, 20_000];
  const ids = wholes(entries, columns, 6);
  const starts = Int32Array.from({ length: rows + 1 }, (_, r) => Math.floor((r * entries) / rows));
  const at = { rate: 0.3, seed: 1, epoch: 2, step: 3 };

  it('drops the named share, by rows and by columns alike, and multiplies the rest', () => {
    const ones = new Float32Array(entries).fill(1);
    const matrix = new SparseMatrix({ rows, columns, indptr: starts, indices: ids, values: ones });
    const { byRows, byColumns } = edgeDropout(matrix, at);
    const kept = byRows.dataSync();
    expect(new Set(kept)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
    const share = kept.filter((value) => value === 0).length / entries;
    expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / entries));
    const back = new Float32Array(entries);
    byColumns.dataSync().forEach((value, q) => {
      back[matrix.order[q]!] = value;
    });
    expect(back).toEqual(Float32Array.from(kept));
    matrix.dispose();
  });

  it('is a pure function of seed, epoch and step', () => {
    const matrix = new SparseMatrix({ rows, columns, indptr: starts, indices: ids, values: normals(entries) });
    const drawn = (changes: object) => [...edgeDropout(matrix, { ...at, ...changes }).byRows.dataSync()];
    const first = drawn({});
    expect(drawn({})).toEqual(first);
    for (const change of [{ seed: 2 }, { epoch: 3 }, { step: 4 }]) expect(drawn(change)).not.toEqual(first);
    expect(() => edgeDropout(matrix, { ...at, rate: 1 })).toThrow('expected a dropout rate in [0, 1), got 1');
    matrix.dispose();
  });
});

onEngines('propagatedRows', () => {
  const wantedRows = { rows: Int32Array.of(3, 0, 2), columns: Int32Array.of(4, 2) };

  /** The wanted rows of layers 0 ... K in float64, one after the other. */
  function naiveLayers(
    x: ArrayLike<number>,
    side: 'rows' | 'columns',
    layers: number,
    of?: ArrayLike<number>,
  ): number[] {
    const [own, other] =
      side === 'rows' ? [wantedRows.rows, wantedRows.columns] : [wantedRows.columns, wantedRows.rows];
    const out = rowsOf(x, own);
    let current: ArrayLike<number> = x;
    for (let layer = 1; layer <= layers; layer++) {
      const isOdd = layer % 2 === 1;
      current = naive(current, isOdd === (side === 'rows'), of);
      out.push(...rowsOf(current, isOdd ? other : own));
    }
    return out;
  }

  const cases = (['rows', 'columns'] as const).flatMap((side) => [1, 2, 3, 4].map((layers) => [side, layers] as const));
  it.each(cases)('agrees with naive layers and their differences (%s, K = %i)', (side, layers) => {
    const matrix = matrixOf();
    const x = normals((side === 'rows' ? ROWS : COLUMNS) * D, 7);
    const table = tableOf('t', x, D);
    const [ownRows, otherRows] =
      side === 'rows' ? [wantedRows.rows, wantedRows.columns] : [wantedRows.columns, wantedRows.rows];
    const options: PropagationOptions = { table, matrix, side, layers, ownRows, otherRows };
    const flat = (changes: object = {}): tf.Tensor1D =>
      tf.concat(propagatedRows({ ...options, ...changes }).map((layer) => tf.reshape(layer, [-1]))) as tf.Tensor1D;
    const exact = naiveLayers(x, side, layers);
    expectClose(numbers(flat()), exact, 1e-5);

    const weights = normals(exact.length, 8);
    const set = new ParameterSet({ tables: [table], owns: [matrix] });
    const weighed = (at: ArrayLike<number>): number => dot(naiveLayers(at, side, layers), weights);
    const { gradients } = set.gradient(() => flat().mul(tf.tensor1d(weights)).sum() as tf.Scalar);
    expectClose(denseGradient(gradients, 't'), differences(weighed, x), 1e-5);

    // Another op has already handed in gradients of some rows.
    const two = set.gradient(
      () =>
        tf.add(flat().mul(tf.tensor1d(weights)).sum(), batchSquaredNorm(table, Int32Array.of(1, 1, 4))) as tf.Scalar,
    );
    const norms = (at: ArrayLike<number>): number => {
      const rows = rowsOf(at, [1, 1, 4]);
      return dot(rows, rows);
    };
    expectClose(
      denseGradient(two.gradients, 't'),
      differences((at) => weighed(at) + norms(at), x),
      1e-5,
    );

    const dropped = edgeDropout(matrix, { rate: 0.4, seed: 1, epoch: 0, step: 0 });
    const thinned = naiveLayers(x, side, layers, dropped.byRows.dataSync());
    expectClose(numbers(flat({ values: dropped })), thinned, 1e-5);
    set.dispose();
  });

  it('refuses a table of the other side, no layers, and ids out of range', () => {
    const matrix = matrixOf();
    const table = tableOf('t', normals(ROWS * D), D);
    const none = Int32Array.of();
    const options: PropagationOptions = { table, matrix, side: 'rows', layers: 1, ownRows: none, otherRows: none };
    expect(() => propagatedRows({ ...options, side: 'columns' })).toThrow('expected a table of 5 rows, got 6');
    expect(() => propagatedRows({ ...options, layers: 0 })).toThrow('expected layers ≥ 1, got 0');
    expect(() => propagatedRows({ ...options, otherRows: Int32Array.of(5) })).toThrow('otherRows in [0, 5)');
    matrix.dispose();
  });
});

it('gives the same bits on one, two and four threads', async () => {
  const [rows, columns, entries, width] = [2000, 3000, 60_000, 64];
  const starts = Int32Array.from({ length: rows + 1 }, (_, r) => Math.floor(entries * (r / rows) ** 3));
  const run = async (threads: number): Promise<Float32Array[]> => {
    const { threads: found } = await useEngine('simd', { threads });
    expect(found).toBe(threads);
    await kernels().engine.ready();
    const matrix = new SparseMatrix({
      rows,
      columns,
      indptr: starts,
      indices: wholes(entries, columns, 9),
      values: normals(entries, 10),
    });
    const table = tableOf('t', normals(rows * width, 11), width);
    const set = new ParameterSet({ tables: [table], owns: [matrix] });
    const ids = Int32Array.from({ length: 500 }, (_, i) => 3 * i);
    const options = { table, matrix, side: 'rows', layers: 3, ownRows: ids, otherRows: ids } as const;
    const layers: Float32Array[] = [];
    const { gradients } = set.gradient(() => {
      const tensors = propagatedRows(options);
      layers.push(...tensors.map((layer) => layer.dataSync<'float32'>()));
      return tf.addN(tensors.map((layer) => layer.sum())) as tf.Scalar;
    });
    const gradient = denseGradient(gradients, 't')!;
    set.dispose();
    return [...layers, gradient];
  };
  const one = await run(1);
  for (const threads of [2, 4]) expect(await run(threads)).toEqual(one);
  await useEngine('simd', { threads: 1 });
});
