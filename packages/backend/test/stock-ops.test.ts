import { Random } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { useEngine } from '../src/index.ts';
import { expectClose, normals, wholes } from './support.ts';

/** Sizes on both sides of the runs that are copied at once, and of the vector width. */
const SHAPES = [[7], [1, 5], [40, 1], [3, 21], [2, 3, 4], [5, 1, 18], [2, 3, 2, 5]];

type Op = (x: tf.Tensor, random: Random) => tf.Tensor | tf.Tensor[];

const ACTIVATIONS = ['linear', 'relu', 'sigmoid', 'elu', 'relu6', 'prelu', 'leakyrelu'] as const;

const OPS: Record<string, Op> = {
  slice: (x, random) => {
    const begin = x.shape.map((length) => random.int(length));
    return tf.slice(
      x,
      begin,
      x.shape.map((length, d) => 1 + random.int(length - begin[d]!)),
    );
  },
  split: (x) => tf.split(x, [1, x.shape.at(-1)! - 1], -1),
  pad: (x, random) =>
    tf.pad(
      x,
      x.shape.map(() => [random.int(3), random.int(3)] as [number, number]),
      2,
    ),
  concat: (x, random) => tf.concat([x, x.mul(2), x], random.int(x.shape.length)),
  transpose: (x, random) => tf.transpose(x, [...random.permutation(x.shape.length)]),
  tile: (x, random) =>
    tf.tile(
      x,
      x.shape.map(() => 1 + random.int(3)),
    ),
  gather: (x, random) => tf.gather(x, wholes(6, x.shape[0]!, random.u32()), 0),
  segmentSum: (x, random) =>
    tf.unsortedSegmentSum(
      x,
      wholes(x.shape[0]!, 6, random.u32()).map((id) => id - 1),
      4,
    ),
  sum: (x, random) => tf.sum(x, [random.int(x.shape.length)], true),
  sumAll: (x) => tf.sum(x),
  step: (x) => [tf.step(x), tf.step(x, 0.3)],
  reluGradient: (x) => tf.grad((y) => tf.relu(y).square())(x),
  mean: (x) => tf.mean(x, -1),
  max: (x) => tf.max(x, 0),
  broadcastRow: (x) => x.sub(x.mean(0, true)),
  broadcastColumn: (x) => x.div(x.abs().add(1).sum(-1, true)),
  broadcastBoth: (x) => x.sum(-1, true).add(x.sum(0, true)),
  compare: (x) => x.greater(0).logicalAnd(x.lessEqual(1)),
  where: (x) => tf.where(x.greater(0), x, x.mul(-2)),
  matMul: (x) => tf.matMul(x.reshape([-1, x.shape.at(-1)!]), x.reshape([-1, x.shape.at(-1)!]), false, true),
  matMulOfBatches: (x) => {
    const a = x.reshape([-1, 1, x.shape.at(-1)!]);
    const shared = a.slice(0, 1);
    return [tf.matMul(a, a, false, true), tf.matMul(a, a, true, false), tf.matMul(a, shared, false, true)];
  },
  fusedMatMul: (x) => {
    const a = x.reshape([-1, x.shape.at(-1)!]) as tf.Tensor2D;
    const bias = tf.sum<tf.Tensor1D>(a, -1);
    const weights = tf.mean(a, -1);
    return ACTIVATIONS.map((activation) =>
      tf.fused.matMul({
        ...{ a, b: a, transposeB: true, bias, activation, leakyreluAlpha: 0.3 },
        ...(activation === 'prelu' && { preluActivationWeights: weights }),
      }),
    );
  },
  integers: (x) => x.mul(10).toInt().add(3).toFloat().mul(0.5),
};

async function results(engine: 'cpu' | 'simd', op: Op, shape: number[]) {
  await useEngine(engine);
  const before = tf.memory().numTensors;
  const found = tf.tidy(() => {
    const x = tf.tensor(normals(tf.util.sizeFromShape(shape), 61), shape);
    return [op(x, new Random({ seed: 62 }))].flat().map((out) => {
      return { shape: out.shape, dtype: out.dtype, values: Array.from(out.dataSync()) };
    });
  });
  expect(tf.memory().numTensors).toBe(before);
  return found;
}

describe.each(Object.entries(OPS))('%s', (_name, op) => {
  it.each(SHAPES.map((shape) => [shape]))('of %j is the same on simd as on cpu', async (shape) => {
    const [cpu, simd] = [await results('cpu', op, shape), await results('simd', op, shape)];
    expect(simd.length).toBe(cpu.length);
    simd.forEach((out, i) => {
      expect([out.shape, out.dtype]).toEqual([cpu[i]!.shape, cpu[i]!.dtype]);
      expectClose(out.values, cpu[i]!.values, 2e-6);
    });
  });
});

it.each(['float32', 'int32'] as const)(
  'long runs of %s are moved whole, wherever they begin and end',
  async (dtype) => {
    await useEngine('simd');
    const values = Array.from(wholes(3001, 1000, 63));
    const moved = tf.tidy(() => {
      const x = tf.tensor1d(values, dtype);
      const matrix = x.slice(0, 3000).reshape([2, 1500]).slice([0, 1], [2, 1499]);
      return [x.slice(1), x.pad([[1, 0]], 7), tf.concat([x.slice(0, 1), x]), matrix].map((out) => [...out.dataSync()]);
    });
    const matrix = [...values.slice(1, 1500), ...values.slice(1501, 3000)];
    expect(moved).toEqual([values.slice(1), [7, ...values], [values[0], ...values], matrix]);
  },
);
