import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import {
  logMeanExp,
  logSigmoid,
  logSumExp,
  softmax,
  softmaxMean,
  softplus,
  stopGradient,
  surrogateSigmoid,
} from '../src/index.ts';
import { differences, expectClose, normals, numbers, onEngines } from './support.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplusOf = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

function lse(x: ArrayLike<number>): number {
  const most = Math.max(...Array.from(x));
  return most + Math.log(Array.from(x).reduce((sum, each) => sum + Math.exp(each - most), 0));
}

/** Rows of x [rows, columns]. */
const rowsOf = (x: ArrayLike<number>, columns: number): number[][] =>
  Array.from({ length: x.length / columns }, (_, r) => Array.from(x).slice(r * columns, (r + 1) * columns));

/** Gradient of Σ w ⊙ f(x) by the tape. */
function tapeGradient(f: (x: tf.Tensor2D) => tf.Tensor, x: Float32Array, shape: [number, number], w: Float32Array) {
  return tf.tidy(() => {
    const out = tf.grad((input: tf.Tensor) => {
      const value = f(input as tf.Tensor2D);
      return value.mul(tf.tensor(w, value.shape)).sum();
    })(tf.tensor2d(x, shape));
    return numbers(out);
  });
}

const EXTREMES = [-1e4, -90, -50, -1e-3, -0, 0, 1e-3, 1, 50, 90, 1e4];

onEngines('logSumExp and its kin', () => {
  const shape: [number, number] = [4, 7];
  const x = normals(28, 3).map((v) => 5 * v);

  it('agree with float64', () => {
    const rows = rowsOf(x, 7);
    expectClose(numbers(logSumExp(tf.tensor2d(x, shape))), rows.map(lse), 1e-6);
    expectClose(
      numbers(logMeanExp(tf.tensor2d(x, shape))),
      rows.map((row) => lse(row) - Math.log(7)),
      1e-6,
    );
    const weights = rows.flatMap((row) => row.map((v) => Math.exp(v - lse(row))));
    expectClose(numbers(softmax(tf.tensor2d(x, shape))), weights, 1e-6);
  });

  it.each([
    ['logSumExp', (t: tf.Tensor2D) => logSumExp(t), (row: number[]) => [lse(row)]],
    ['logMeanExp', (t: tf.Tensor2D) => logMeanExp(t), (row: number[]) => [lse(row) - Math.log(row.length)]],
    ['softmax', (t: tf.Tensor2D) => softmax(t), (row: number[]) => row.map((v) => Math.exp(v - lse(row)))],
  ])('%s has the gradient of its value', (_name, op, naive) => {
    const outputs = naive([1, 2, 3, 4, 5, 6, 7]).length * 4;
    const w = normals(outputs, 5);
    const value = (at: Float64Array): number =>
      rowsOf(at, 7)
        .flatMap(naive)
        .reduce((sum, v, i) => sum + v * w[i]!, 0);
    expectClose(tapeGradient(op, x, shape, w), differences(value, x), 1e-5);
  });

  it('neither overflow nor cancel at ±1e4, and keep infinities', () => {
    const extreme = tf.tensor2d([
      [1e4, 1e4],
      [-1e4, -1e4],
      [1e4, -1e4],
      [-Infinity, 3],
      [-Infinity, -Infinity],
      [Infinity, 0],
    ]);
    const expected = [1e4 + Math.LN2, -1e4 + Math.LN2, 1e4, 3, -Infinity, Infinity];
    expectClose(numbers(logSumExp(extreme)), expected, 1e-7);
    expectClose(
      numbers(logMeanExp(extreme)),
      expected.map((v) => v - Math.LN2),
      1e-7,
    );
    const finite = extreme.slice([0, 0], [3, 2]);
    expectClose(numbers(softmax(finite)), [0.5, 0.5, 0.5, 0.5, 1, 0], 1e-7);
    const gradient = tf.grad((t: tf.Tensor) => logSumExp(t as tf.Tensor2D).sum())(finite);
    // lse itself has an ulp of 1e-3 there, as in PyTorch
    expectClose(numbers(gradient), [0.5, 0.5, 0.5, 0.5, 1, 0], 5e-4);
  });

  it.each([0.2, 3])('are of x / %d at that temperature, value and gradient', (temperature) => {
    const w = normals(4, 5);
    for (const [op, naive] of [
      [logSumExp, lse],
      [logMeanExp, (row: number[]) => lse(row) - Math.log(7)],
    ] as const) {
      const of = (row: number[]): number => naive(row.map((v) => v / temperature));
      expectClose(numbers(op(tf.tensor2d(x, shape), temperature)), rowsOf(x, 7).map(of), 1e-6);
      const value = (at: Float64Array): number => rowsOf(at, 7).reduce((sum, row, r) => sum + of(row) * w[r]!, 0);
      expectClose(
        tapeGradient((t) => op(t, temperature), x, shape, w),
        differences(value, x),
        1e-5,
      );
    }
  });

  it('take any axis of any shape', () => {
    const cube = tf.tensor3d(normals(24, 9), [2, 3, 4]);
    const naive = cube.exp().sum(1).log();
    const got = logSumExp<tf.Tensor2D>(cube, 1, 1);
    expect(got.shape).toEqual([2, 4]);
    expectClose(numbers(got), numbers(naive), 1e-5);
    expectClose(numbers(softmax(cube, 0).sum(0)), new Array(12).fill(1), 1e-6);
    const gradient = tf.grad((t: tf.Tensor) => logSumExp(t, 1, 1).sum())(cube);
    expectClose(numbers(gradient), numbers(softmax(cube, 1)), 1e-6);
  });

  it('of no columns is −∞, its mean NaN', () => {
    const none = tf.zeros<tf.Rank.R2>([2, 0]);
    expect(numbers(logSumExp(none))).toEqual([-Infinity, -Infinity]);
    expect(numbers(logMeanExp(none))).toEqual([Number.NaN, Number.NaN]);
  });
});

onEngines('softmaxMean', () => {
  const shape: [number, number] = [4, 7];
  const x = normals(28, 3);
  const naive =
    (temperature: number) =>
    (row: number[]): number => {
      const scaled = row.map((v) => v / temperature);
      return row.reduce((sum, v, c) => sum + v * Math.exp(scaled[c]! - lse(scaled)), 0);
    };

  it.each([0.2, 1, 10])('has the value and the gradient of Σ x softmax(x / %d)', (temperature) => {
    const value = numbers(softmaxMean(tf.tensor2d(x, shape), temperature));
    expectClose(value, rowsOf(x, 7).map(naive(temperature)), 1e-6);
    const w = normals(4, 5);
    const weighed = (at: Float64Array): number =>
      rowsOf(at, 7)
        .map(naive(temperature))
        .reduce((sum, v, i) => sum + v * w[i]!, 0);
    const gradient = tapeGradient((t) => softmaxMean(t, temperature), x, shape, w);
    expectClose(gradient, differences(weighed, x), 1e-5);
  });

  it('is exact over one column, value and gradient', () => {
    const column = tf.tensor2d(x, [28, 1]);
    expect(numbers(softmaxMean(column, 0.3))).toEqual(Array.from(x));
    const gradient = tf.grad((t: tf.Tensor) =>
      softmaxMean(t as tf.Tensor2D, 0.3)
        .mul(0.7)
        .sum(),
    )(column);
    expect(numbers(gradient)).toEqual(Array(28).fill(Math.fround(0.7)));
  });

  it('neither overflows at ±1e4 nor at temperatures of 1e-30 and 1e6', () => {
    const extreme = tf.tensor2d([1e4, -1e4, 3, 3, -1e4, -1e4], [3, 2]);
    const of = (temperature: number) => (t: tf.Tensor) => softmaxMean(t as tf.Tensor2D, temperature).sum();
    expectClose(numbers(softmaxMean(extreme, 1e-30)), [1e4, 3, -1e4], 1e-7);
    expectClose(numbers(tf.grad(of(1e-30))(extreme)), [1, 0, 0.5, 0.5, 0.5, 0.5], 1e-7);
    const flat = softmaxMean(extreme, 1e6);
    expectClose(numbers(flat), [1e4 * Math.tanh(0.01), 3, -1e4], 1e-5);
  });

  it('takes any axis', () => {
    const cube = tf.tensor3d(normals(24, 9), [2, 3, 4]);
    const expected = softmax(cube.div(0.5), 1).mul(cube).sum(1);
    expectClose(numbers(softmaxMean<tf.Tensor2D>(cube, 0.5, 1)), numbers(expected), 1e-6);
  });
});

onEngines('softplus and logSigmoid', () => {
  it('hold on both sides', () => {
    const x = tf.tensor1d(EXTREMES);
    expectClose(numbers(softplus(x)), EXTREMES.map(softplusOf), 1e-6);
    expectClose(
      numbers(logSigmoid(x)),
      EXTREMES.map((v) => -softplusOf(-v)),
      1e-6,
    );
    expect(numbers(softplus(tf.tensor1d([-50])))[0]! / Math.exp(-50)).toBeCloseTo(1, 5);
  });

  it('have the gradients σ(x) and σ(−x), on intermediate tensors too', () => {
    const x = tf.tensor1d(EXTREMES);
    const half = (f: (t: tf.Tensor) => tf.Tensor) => numbers(tf.grad((t: tf.Tensor) => f(t.mul(2)).sum())(x));
    expectClose(
      half(softplus),
      EXTREMES.map((v) => 2 * sigmoid(2 * v)),
      1e-6,
    );
    expectClose(
      half(logSigmoid),
      EXTREMES.map((v) => 2 * sigmoid(-2 * v)),
      1e-6,
    );
  });
});

onEngines('surrogateSigmoid', () => {
  it('has the value σ(x) and the gradient σ(−x)', () => {
    const x = tf.tensor1d(EXTREMES);
    expectClose(numbers(surrogateSigmoid(x)), EXTREMES.map(sigmoid), 1e-6);
    const gradient = tf.grad((t: tf.Tensor) => surrogateSigmoid(t).mul(3).sum())(x);
    expectClose(
      numbers(gradient),
      EXTREMES.map((v) => 3 * sigmoid(-v)),
      1e-6,
    );
  });
});

onEngines('stopGradient', () => {
  it('keeps the value and ends the gradient', () => {
    const x = tf.tensor1d([2, 3]);
    const gradient = tf.grad((t: tf.Tensor) => stopGradient(t.square()).mul(t).sum())(x);
    expect(numbers(gradient)).toEqual([4, 9]);
  });

  it('does not walk what is below it: √0 makes no NaN', () => {
    const gradient = tf.grad((t: tf.Tensor) => t.add(stopGradient(t.sqrt())).sum())(tf.tensor1d([0]));
    expect(numbers(gradient)).toEqual([1]);
  });

  it('survives its input, and leaves nothing behind', () => {
    const before = tf.memory().numTensors;
    const x = tf.tensor1d([1, 2]);
    const stopped = stopGradient(x);
    x.dispose();
    expect(numbers(stopped)).toEqual([1, 2]);
    stopped.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
