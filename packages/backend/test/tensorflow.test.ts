import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { whatIsMissing } from '../src/engines/missing.ts';
import { SparseMatrix, spmm, useEngine } from '../src/index.ts';
import { adamRule, composedAdam } from '../src/optimizers/adam.ts';
import { adamOptions } from '../src/optimizers/options.ts';
import { composedSpmm } from '../src/sparse/spmm.ts';
import { applyAdam } from '../src/tensorflow/apply.ts';
import { hasNativeApply } from '../src/tensorflow/apply-kernels.ts';
import { hasNativeRows, nativeRows } from '../src/tensorflow/rows.ts';
import { expectClose, normals, numbers, wholes } from './support.ts';

const missing = whatIsMissing('tensorflow');
const title = missing === undefined ? "libtensorflow's own ops" : `libtensorflow's own ops (not here: ${missing})`;
const [ROWS, COLUMNS, ENTRIES, D] = [37, 23, 150, 5];

/** β₁ᵗ in Adam, in float64, of one number whose gradient is 2 at each step. */
function adamInFloat64(steps: number, rate: number): number {
  const [b1, b2] = [0.9, 0.999].map(Math.fround) as [number, number];
  let [x, m, v] = [1, 0, 0];
  for (let t = 1; t <= steps; t++) {
    m = b1 * m + (1 - b1) * 2;
    v = b2 * v + (1 - b2) * 4;
    x -= (rate * (m / (1 - b1 ** t))) / (Math.sqrt(v / (1 - b2 ** t)) + 1e-8);
  }
  return x;
}

describe.skipIf(missing !== undefined)(title, () => {
  beforeAll(async () => {
    await useEngine('tensorflow');
  });

  const matrix = () =>
    new SparseMatrix({
      rows: ROWS,
      columns: COLUMNS,
      indptr: Int32Array.from({ length: ROWS + 1 }, (_, row) => Math.floor((row * ENTRIES) / ROWS)),
      indices: wholes(ENTRIES, COLUMNS, 2),
      values: normals(ENTRIES, 3),
    });

  it('are in use: this libtensorflow has them', () => {
    expect([hasNativeRows(), hasNativeApply(), tf.getKernel('LosslabSpmm', 'tensorflow') !== undefined]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it.each([false, true])(
    'multiply as composed ones do (transposed: %s), with values of one’s own too',
    (transposed) => {
      const a = matrix();
      const x = tf.tensor2d(normals((transposed ? ROWS : COLUMNS) * D, 4), [transposed ? ROWS : COLUMNS, D]);
      const doubled = {
        byRows: a.values.byRows.mul<tf.Tensor1D>(2),
        byColumns: a.values.byColumns.mul<tf.Tensor1D>(2),
      };
      for (const values of [a.values, doubled]) {
        const product = { matrix: a, x, transposed, values };
        expectClose(numbers(spmm(product)), numbers(composedSpmm(product)), 1e-5);
      }
      a.dispose();
    },
  );

  it('leave no tensor behind', () => {
    const x = tf.ones<tf.Rank.R2>([COLUMNS, D]);
    const before = tf.memory().numTensors;
    const a = matrix();
    tf.tidy(() => {
      spmm({ matrix: a, x });
      nativeRows(x, tf.tensor1d([1, 2, 1], 'int32'));
      const zeros = tf.zerosLike(x);
      const rates = { rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
      applyAdam({ parameter: x, gradient: x, m: zeros, v: zeros, ...rates });
    });
    a.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('step as Adam in float64, and leave what they started from as it was', () => {
    const options = adamOptions.parse({});
    const rule = adamRule(options);
    const start = tf.scalar(1);
    let [parameter, m, v]: tf.Tensor[] = [start, tf.scalar(0), tf.scalar(0)];
    for (let step = 1; step <= 50; step++) {
      const common = { learningRate: 0.01, scale: 1, step, table: undefined };
      const update = {
        ...common,
        parameter: parameter!,
        gradient: tf.scalar(2),
        raw: tf.scalar(2),
        state: { m: m!, v: v! },
      };
      const after = rule.updateDense(update);
      if (step === 50) expectClose(numbers(after.parameter), numbers(composedAdam(options, update).parameter), 1e-6);
      [parameter, m, v] = [after.parameter, after.state.m!, after.state.v!];
    }
    expectClose(numbers(parameter!), [adamInFloat64(50, 0.01)], 1e-6);
    expect(numbers(start)).toEqual([1]);
  });
});
