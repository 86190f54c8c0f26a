import type { Optimizer } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { embeddingRows, makeOptimizer, optimizerDefinitions, optimizerNames, ParameterSet } from '../src/index.ts';
import { expectClose, normals, onEngines, tableOf, wholes } from './support.ts';

const D = 5;
const ROWS = 9;
const START = normals(ROWS * D, 51);
const STEPS = 12;

/** Ids of a step's batch, and the weights that become its gradient: repeated ids add up. */
const idsOf = (step: number): Int32Array => wholes(4, ROWS - 1, 100 + step); // the last row is never touched
const weightsOf = (step: number): Float32Array => normals(4 * D, 200 + step);

function gradientOf(step: number): { gradient: Float64Array; touched: Set<number> } {
  const gradient = new Float64Array(ROWS * D);
  const weights = weightsOf(step);
  const touched = new Set<number>();
  idsOf(step).forEach((id, i) => {
    touched.add(id);
    for (let d = 0; d < D; d++) gradient[id * D + d]! += weights[i * D + d]!;
  });
  return { gradient, touched };
}

interface Settings {
  learningRate: number;
  weightDecay?: number;
  scale?: number;
}
type Update = (g: number, theta: number, state: { a: number; b: number }, t: number) => number;

/** θ after STEPS updates in float64; `rows` says which rows move. */
function naive(update: Update, { weightDecay = 0, scale = 1 }: Settings, rows: 'all' | 'touched'): Float64Array {
  const theta = Float64Array.from(START);
  const state = Array.from(theta, () => ({ a: 0, b: 0 }));
  for (let t = 1; t <= STEPS; t++) {
    const { gradient, touched } = gradientOf(t);
    for (let i = 0; i < theta.length; i++) {
      if (rows === 'touched' && !touched.has(Math.floor(i / D))) continue;
      theta[i] = update(scale * gradient[i]! + weightDecay * theta[i]!, theta[i]!, state[i]!, t);
    }
  }
  return theta;
}

// Kingma & Ba 2015 with β rounded to float32 and ε outside the root
const [B1, B2] = [Math.fround(0.9), Math.fround(0.999)];
const adam =
  (rate: number): Update =>
  (g, theta, state, t) => {
    state.a = B1 * state.a + (1 - B1) * g;
    state.b = B2 * state.b + (1 - B2) * g * g;
    return theta - (rate * (state.a / (1 - B1 ** t))) / (Math.sqrt(state.b / (1 - B2 ** t)) + 1e-8);
  };
const adagrad =
  (rate: number): Update =>
  (g, theta, state) => {
    state.a += g * g;
    return g === 0 ? theta : theta - (rate * g) / (Math.sqrt(state.a) + 1e-10);
  };
const sgd =
  (rate: number): Update =>
  (g, theta) =>
    theta - rate * g;

function trained(name: string, { scale = 1, ...options }: Settings, steps = STEPS) {
  const table = tableOf('t', START, D);
  const set = new ParameterSet({ tables: [table] });
  const optimizer = makeOptimizer(name, options, set);
  for (let t = 1; t <= steps; t++) stepOf(set, optimizer, t, scale);
  return { table, set, optimizer };
}

function stepOf(set: ParameterSet, optimizer: Optimizer, t: number, scale = 1): void {
  const table = set.groups[0]!.tables[0]!;
  const loss = () =>
    embeddingRows(table, idsOf(t))
      .mul(tf.tensor2d(weightsOf(t), [4, D]))
      .sum() as tf.Scalar;
  optimizer.apply(set.gradient(loss).gradients, { scale });
}

/** Over each row's largest entry. */
function expectRowsClose(got: Float32Array, exact: Float64Array, tolerance: number): void {
  for (let row = 0; row < ROWS; row++) {
    const largest = Math.max(...exact.subarray(row * D, row * D + D).map(Math.abs));
    for (let i = row * D; i < row * D + D; i++) expect(Math.abs(got[i]! - exact[i]!) / largest).toBeLessThan(tolerance);
  }
}

onEngines('optimizers', () => {
  const CASES: [string, Update, Settings, 'all' | 'touched'][] = [
    ['sgd', sgd(0.1), { learningRate: 0.1 }, 'all'],
    ['sgd', sgd(0.1), { learningRate: 0.1, weightDecay: 0.2 }, 'all'],
    ['adagrad', adagrad(0.1), { learningRate: 0.1 }, 'all'],
    ['adam', adam(0.05), { learningRate: 0.05 }, 'all'],
    ['adam', adam(0.05), { learningRate: 0.05, weightDecay: 0.3 }, 'all'],
    ['adam', adam(0.05), { learningRate: 0.05, scale: -0.5 }, 'all'],
    ['lazyAdam', adam(0.05), { learningRate: 0.05 }, 'touched'],
  ];

  it.each(CASES)('%s agrees with a float64 loop, %#', (name, update, settings, rows) => {
    const { table, set, optimizer } = trained(name, settings);
    expectRowsClose(table.values(), naive(update, settings, rows), 1e-5);
    optimizer.dispose();
    set.dispose();
  });

  it('adam moves rows that the batch does not touch, lazyAdam does not', () => {
    const moved = (name: string): boolean => {
      const { table, set, optimizer } = trained(name, { learningRate: 0.1 }, 1);
      const before = table.values();
      const untouched = [...Array(ROWS).keys()].find(
        (row) => gradientOf(1).touched.has(row) && !gradientOf(2).touched.has(row),
      )!;
      stepOf(set, optimizer, 2);
      return table.values()[untouched * D] !== before[untouched * D];
    };
    expect(moved('adam')).toBe(true);
    expect(moved('lazyAdam')).toBe(false);
  });

  it.each(optimizerNames.map((name) => [name]))('%s resumes from its state to the same bits', (name) => {
    const whole = trained(name, { learningRate: 0.05 });
    const half = trained(name, { learningRate: 0.05 }, 5);
    const resumed = trained(name, { learningRate: 0.05 }, 0);
    resumed.set.load(half.set.arrays());
    resumed.optimizer.load(half.optimizer.state());
    for (let t = 6; t <= STEPS; t++) stepOf(resumed.set, resumed.optimizer, t);
    expect(resumed.table.values()).toEqual(whole.table.values());
    expect(() => resumed.optimizer.load({})).toThrow(
      `expected 1 numbers "t.step" of optimizer ${name}, got nothing; resume with the optimizer and the model that were saved`,
    );
  });

  it('moves variables by the same rule', () => {
    const bias = tf.tidy(() => tf.variable(tf.tensor1d([0.5, -1])));
    const set = new ParameterSet({ variables: { bias } });
    const optimizer = makeOptimizer('adam', { learningRate: 0.05 }, set);
    const exact = [0.5, -1].map((theta) => ({ theta, state: { a: 0, b: 0 } }));
    for (let t = 1; t <= 6; t++) {
      optimizer.apply(set.gradient(() => bias.square().sum() as tf.Scalar).gradients);
      for (const each of exact) each.theta = adam(0.05)(2 * each.theta, each.theta, each.state, t);
    }
    expectClose(
      bias.dataSync<'float32'>(),
      exact.map(({ theta }) => theta),
      1e-6,
    );
  });

  it('gives each group its own optimizer and rate, which keep their ratio', () => {
    const parts = { a: tableOf('a', START, D), b: tableOf('b', START, D), c: tableOf('c', START, D) };
    const set = ParameterSet.union(
      Object.fromEntries(Object.entries(parts).map(([name, table]) => [name, new ParameterSet({ tables: [table] })])),
    );
    const overrides = { b: { options: { learningRate: 0.2 } }, c: { name: 'sgd', options: { learningRate: 0.4 } } };
    const optimizer = makeOptimizer('adam', { learningRate: 0.1 }, set, overrides);
    expect(optimizer.name).toBe('adam+sgd');
    const ids = Int32Array.of(0);
    const one = () =>
      set.gradient(() => tf.addN(Object.values(parts).map((t) => embeddingRows(t, ids))).sum() as tf.Scalar);
    const before = START[0]!;
    optimizer.apply(one().gradients);
    const moves = () => Object.values(parts).map((table) => before - table.values()[0]!);
    expectClose(moves(), [0.1, 0.2, 0.4], 1e-6); // Adam's first step is its rate; the gradient is 1
    optimizer.learningRate = 0.05;
    expect(optimizer.learningRate).toBe(0.05);
    optimizer.apply(one().gradients);
    expectClose(moves(), [0.15, 0.3, 0.6], 1e-6);
  });
});

describe('makeOptimizer', () => {
  const set = () => new ParameterSet({ variables: {} });

  it('names the nearest known optimizer, option and group', () => {
    expect(() => makeOptimizer('adma', {}, set())).toThrow(
      'expected a known optimizer, got "adma"; did you mean "adam"?',
    );
    expect(() => makeOptimizer('adam', { learningrate: 1 }, set())).toThrow('did you mean "learningRate"?');
    expect(() => makeOptimizer('adam', { learningRate: 0 }, set())).toThrow('[optimizer adam] learningRate');
    expect(() => makeOptimizer('adam', {}, set(), { modle: {} })).toThrow('did you mean "model"?');
  });

  it('writes each default once', () => {
    const defaults = Object.fromEntries(optimizerDefinitions.map(({ name, options }) => [name, options.parse({})]));
    expect(defaults.adam).toEqual({ learningRate: 1e-3, weightDecay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
    expect(defaults.lazyAdam).toEqual(defaults.adam);
  });
});
