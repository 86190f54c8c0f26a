import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import {
  clipScale,
  embeddingCosine,
  embeddingDot,
  embeddingRows,
  makeOptimizer,
  ParameterSet,
  stopGradient,
} from '../src/index.ts';
import { ours } from '../src/parameters/step-gradients.ts';
import { bits, denseGradient, expectClose, normals, numbers, onEngines, tableOf, wholes } from './support.ts';

const D = 4;
const IDS = Int32Array.of(1, 3, 1);

function model() {
  const users = tableOf('users', normals(6 * D, 1), D);
  const items = tableOf('items', normals(9 * D, 2), D);
  const bias = tf.tidy(() => tf.variable(tf.tensor1d([0.5, -1])));
  const set = new ParameterSet({ tables: [users, items], variables: { bias } });
  const pairs = { leftRows: wholes(5, 6, 3), rightRows: { data: wholes(15, 9, 4), rows: 5, columns: 3 } };
  const loss = () =>
    embeddingCosine({ left: users, right: items, ...pairs })
      .sum()
      .add(bias.square().sum()) as tf.Scalar;
  return { users, items, bias, set, pairs, loss };
}

onEngines('a ParameterSet', (engine) => {
  it('gives rows and dense gradients together, and the loss', () => {
    const { set, loss, bias } = model();
    const { gradients, loss: value } = set.gradient(loss);
    expect(value).toBe(tf.tidy(() => loss().dataSync()[0]));
    expectClose(denseGradient(gradients, 'bias'), [1, -2], 1e-6);
    expect(denseGradient(gradients, 'users')!.some((g) => g !== 0)).toBe(true);
    bias.dispose();
  });

  it('has no gradient for what the loss does not touch', () => {
    const { set, users } = model();
    const { gradients } = set.gradient(() => embeddingRows(users, IDS).sum() as tf.Scalar);
    expect([...ours(gradients).found.keys()]).toEqual(['users']);
  });

  it('takes a loss that is stopped everywhere: nothing moves', () => {
    const { set, loss, users } = model();
    const before = users.values();
    const { loss: value, gradients } = set.gradient(() => stopGradient(loss()));
    expect(Number.isFinite(value)).toBe(true);
    expect(ours(gradients).found.size).toBe(0);
    makeOptimizer('adam', {}, set).apply(gradients);
    expect(users.values()).toEqual(before);
    expect(clipScale(gradients, 1)).toBe(1);
  });

  it('refuses gradients of an earlier step, also where another set made the later ones', () => {
    const { set, loss, users } = model();
    const optimizer = makeOptimizer('sgd', {}, set);
    const first = set.gradient(loss).gradients;
    new ParameterSet({ tables: [users] }).gradient(() => embeddingRows(users, IDS).sum() as tf.Scalar);
    expect(() => optimizer.apply(first)).toThrow('[backend] expected the gradients of the latest step, got stale ones');
    expect(() => set.save(first)).toThrow('use them before calling gradient again');
    expect(() => clipScale(first, 1)).toThrow('stale');
    expect(() => optimizer.apply({ generation: 1 })).toThrow('expected gradients of a ParameterSet');
  });

  it('leaves a frozen table alone', () => {
    const { users, items, pairs } = model();
    const set = new ParameterSet({ tables: [users] });
    const { gradients } = set.gradient(() => embeddingDot({ left: users, right: items, ...pairs }).sum() as tf.Scalar);
    expect([...ours(gradients).found.keys()]).toEqual(['users']);
    if (engine === 'simd') expect(items.shared!.gradient.touched).toBe(false);
  });

  it('saves and restores bit by bit what the gradients touch, or everything', () => {
    const { set, loss, users, bias } = model();
    const { gradients } = set.gradient(loss);
    const before = [users.values(), Float32Array.from(bias.dataSync<'float32'>())];
    for (const snapshot of [set.save(gradients), set.save()]) {
      const optimizer = makeOptimizer('adam', { learningRate: 0.3 }, set);
      optimizer.apply(gradients, { scale: -1 });
      expect(users.values()).not.toEqual(before[0]);
      set.restore(snapshot);
      expect(bits(users.values())).toEqual(bits(before[0]!));
      expect(bits(Float32Array.from(bias.dataSync<'float32'>()))).toEqual(bits(before[1]!));
      snapshot.dispose();
      optimizer.dispose();
    }
  });

  it('writes arrays and reads them back', () => {
    const [one, two] = [model(), model()];
    makeOptimizer('sgd', { learningRate: 1 }, one.set).apply(one.set.gradient(one.loss).gradients);
    const arrays = one.set.arrays();
    expect(Object.keys(arrays)).toEqual(['users', 'items', 'bias']);
    expect(arrays.users!.shape).toEqual([6, D]);
    two.set.load(arrays);
    expect(two.set.arrays()).toEqual(arrays);
    expect(() => two.set.load({ ...arrays, bias: { shape: [3], data: new Float32Array(3) } })).toThrow(
      '[backend] expected parameter "bias" of shape [2], got [3] of 3; load what was saved from the same model',
    );
    const { bias: _left, ...rest } = arrays;
    expect(() => two.set.load(rest)).toThrow('expected parameter "bias" of shape [2], got nothing');
  });

  it('is united with others in named groups', () => {
    const [one, two] = [model(), model()];
    const auxiliary = new ParameterSet({ tables: [tableOf('aux/users', normals(8, 5), D)] });
    const all = ParameterSet.union({ model: one.set, gamma: auxiliary });
    expect(all.groups.map((group) => group.name)).toEqual(['model', 'gamma']);
    expect(Object.keys(all.arrays())).toEqual(['users', 'items', 'bias', 'aux/users']);
    expect(() => ParameterSet.union({ a: one.set, b: two.set })).toThrow(
      '[backend] expected parameters of distinct names, got "users" twice; put the scope in front of the name',
    );
  });

  it('leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    const { set, loss } = model();
    const optimizer = makeOptimizer('adam', {}, set);
    optimizer.apply(set.gradient(loss).gradients);
    const settled = tf.memory().numTensors;
    for (let step = 0; step < 5; step++) optimizer.apply(set.gradient(loss).gradients);
    expect(tf.memory().numTensors).toBe(settled);
    optimizer.dispose();
    set.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('clips by the global norm', () => {
    const { set, loss } = model();
    const { gradients } = set.gradient(loss);
    const all = ['users', 'items', 'bias'].flatMap((name) => [...denseGradient(gradients, name)!]);
    const norm = Math.hypot(...all);
    expect(clipScale(gradients, norm / 4)).toBeCloseTo(0.25, 5);
    expect(clipScale(gradients, norm * 2)).toBe(1);
    expect(() => clipScale(gradients, 0)).toThrow('[backend] expected clipNorm > 0, got 0');
  });

  it('gives the tape what it is made of: numbers of tfjs', () => {
    const { set, bias } = model();
    const { gradients } = set.gradient(() => bias.mul(tf.tensor1d([2, 3])).sum() as tf.Scalar);
    expect([...denseGradient(gradients, 'bias')!]).toEqual([2, 3]);
    expect(numbers(bias)).toEqual([0.5, -1]);
  });
});
