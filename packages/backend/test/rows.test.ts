import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  batchSquaredNorm,
  EmbeddingTable,
  embeddingRows,
  normal,
  ParameterSet,
  tableDense,
  uniform,
  useEngine,
  xavierNormal,
  xavierUniform,
  zeros,
} from '../src/index.ts';
import { denseGradient, expectClose, normals, numbers, onEngines, PRESENT, tableOf } from './support.ts';

const D = 3;
const ROWS = 7;
const T = normals(ROWS * D, 41);
const IDS = Int32Array.of(2, 0, 2, 6, 2);

/** Σ over occurrences of weights[i] at row ids[i]. */
function scattered(weights: (i: number, d: number) => number, ids: Int32Array): Float64Array {
  const out = new Float64Array(ROWS * D);
  ids.forEach((id, i) => {
    for (let d = 0; d < D; d++) out[id * D + d]! += weights(i, d);
  });
  return out;
}

onEngines('rows of tables', () => {
  const w = normals(IDS.length * D, 42);

  it('embeddingRows gathers, and scatters its gradient', () => {
    const table = tableOf('t', T, D);
    const set = new ParameterSet({ tables: [table] });
    expectClose(
      tf.tidy(() => numbers(embeddingRows(table, IDS))),
      Array.from(IDS).flatMap((id) => [...T.subarray(id * D, (id + 1) * D)]),
      0,
    );
    const { gradients } = set.gradient(
      () =>
        embeddingRows(table, IDS)
          .mul(tf.tensor2d(w, [5, D]))
          .sum() as tf.Scalar,
    );
    expectClose(
      denseGradient(gradients, 't'),
      scattered((i, d) => w[i * D + d]!, IDS),
      1e-6,
    );
  });

  it('tableDense is the whole table, with its gradient', () => {
    const table = tableOf('t', T, D);
    const set = new ParameterSet({ tables: [table] });
    const weights = normals(ROWS * D, 43);
    const { loss, gradients } = set.gradient(
      () =>
        tableDense(table)
          .mul(tf.tensor2d(weights, [ROWS, D]))
          .sum() as tf.Scalar,
    );
    expect(loss).toBeCloseTo(
      T.reduce((sum, x, i) => sum + x * weights[i]!, 0),
      4,
    );
    expectClose(denseGradient(gradients, 't'), weights, 1e-6);
  });

  it('batchSquaredNorm counts every occurrence', () => {
    const table = tableOf('t', T, D);
    const set = new ParameterSet({ tables: [table] });
    const { loss, gradients } = set.gradient(() => batchSquaredNorm(table, IDS).mul(0.5) as tf.Scalar);
    const exact = Array.from(IDS).reduce(
      (sum, id) => sum + T.subarray(id * D, (id + 1) * D).reduce((s, x) => s + x * x, 0),
      0,
    );
    expect(loss).toBeCloseTo(exact / 2, 4);
    expectClose(
      denseGradient(gradients, 't'),
      scattered((i, d) => T[IDS[i]! * D + d]!, IDS),
      1e-6,
    );
  });

  it('take tensors too', () => {
    const rows = tf.tensor2d(T, [ROWS, D]);
    const gathered = tf.grad((t: tf.Tensor) =>
      embeddingRows(t as tf.Tensor2D, IDS)
        .mul(tf.tensor2d(w, [5, D]))
        .sum(),
    )(rows);
    expectClose(
      numbers(gathered),
      scattered((i, d) => w[i * D + d]!, IDS),
      1e-6,
    );
    const norms = tf.grad((t: tf.Tensor) => batchSquaredNorm(t as tf.Tensor2D, IDS))(rows);
    expectClose(
      numbers(norms),
      scattered((i, d) => 2 * T[IDS[i]! * D + d]!, IDS),
      1e-6,
    );
  });

  it('of no ids are empty', () => {
    const table = tableOf('t', T, D);
    expect(embeddingRows(table, new Int32Array(0)).shape).toEqual([0, D]);
    const set = new ParameterSet({ tables: [table] });
    const { loss } = set.gradient(() => batchSquaredNorm(table, new Int32Array(0)));
    expect(loss).toBe(0);
  });
});

onEngines('an EmbeddingTable', (engine) => {
  it('hands out copies, takes values back, and frees what it holds', () => {
    const before = tf.memory().numTensors;
    const table = tableOf('t', T, D);
    const copy = table.values();
    expect(copy).toEqual(T);
    copy.fill(7);
    expect(table.values()).toEqual(T);
    table.load(copy);
    expect(table.values()).toEqual(copy);
    expect(() => table.load(new Float32Array(5))).toThrow(
      '[backend] expected 7 × 3 numbers for table t, got 5; load what was saved from the same model',
    );
    table.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('calls its hooks before rows are read', () => {
    const table = tableOf('t', T, D);
    const seen: (Int32Array | 'copy' | undefined)[] = [];
    table.beforeRead.add({ inPlace: (ids) => seen.push(ids), copy: () => seen.push('copy') });
    tf.tidy(() => void embeddingRows(table, IDS));
    tf.tidy(() => void batchSquaredNorm(table, IDS));
    tf.tidy(() => void tableDense(table));
    table.values();
    expect(seen).toEqual([IDS, IDS, undefined, engine === 'simd' ? 'copy' : undefined]);
  });

  it('belongs to the engine that it was made under', async () => {
    const table = tableOf('t', T, D);
    const other = engine === 'cpu' ? 'wasm' : 'cpu';
    await useEngine(other);
    try {
      expect(() => tableDense(table)).toThrow(`expected engine ${engine}, where table t was made, got ${other}`);
    } finally {
      await useEngine(engine);
    }
  });

  it('refuses a size of no rows', () => {
    const make = () => new EmbeddingTable({ name: 't', rows: 0, dimension: 3, initialise: zeros(), seed: 1 });
    expect(make).toThrow('[backend] expected rows ≥ 1 of table t, got 0; pass a whole number');
  });
});

describe('initial values', () => {
  const LAWS = {
    xavierUniform: xavierUniform(),
    xavierNormal: xavierNormal(),
    normal: normal(0.01),
    uniform: uniform(2, 5),
  };
  const make = (initialise: ReturnType<typeof zeros>, name: string, seed: number) => {
    const table = new EmbeddingTable({ name, rows: 500, dimension: 20, initialise, seed });
    const values = table.values();
    table.dispose();
    return values;
  };

  it.each(Object.entries(LAWS))(
    '%s is a pure function of seed and name, the same on every engine',
    async (_law, initialise) => {
      const drawn: Float32Array[] = [];
      for (const engine of PRESENT) {
        await useEngine(engine);
        drawn.push(make(initialise, 'users', 1));
      }
      expect(drawn.length).toBeGreaterThanOrEqual(3);
      for (const others of drawn) expect(others).toEqual(drawn[0]);
      expect(make(initialise, 'items', 1)).not.toEqual(drawn[0]);
      expect(make(initialise, 'users', 2)).not.toEqual(drawn[0]);
    },
  );

  it('have the moments of their laws', () => {
    const moments = (x: Float32Array) => {
      const mean = x.reduce((sum, v) => sum + v, 0) / x.length;
      return [mean, x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length, Math.min(...x), Math.max(...x)] as const;
    };
    const variance = 2 / (500 + 20); // Glorot & Bengio 2010
    const limit = Math.sqrt(3 * variance);
    const bounded = moments(make(xavierUniform(), 'a', 1));
    expect(bounded[1] / variance).toBeCloseTo(1, 1);
    expect(bounded[2]).toBeGreaterThanOrEqual(-limit);
    expect(bounded[3]).toBeLessThanOrEqual(limit);
    expect(bounded[3]).toBeGreaterThan(0.99 * limit);
    expect(moments(make(xavierNormal(), 'a', 1))[1] / variance).toBeCloseTo(1, 1);
    expect(moments(make(normal(0.01), 'a', 1))[1] / 1e-4).toBeCloseTo(1, 1);
    expect(moments(make(uniform(2, 5), 'a', 1))[0]).toBeCloseTo(3.5, 1);
    expect(make(zeros(), 'a', 1)).toEqual(new Float32Array(10_000));
  });
});
