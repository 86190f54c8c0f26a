import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { EmbeddingTable, factorRanker, xavierUniform } from '../src/index.ts';
import { expectClose, normals, onEngines, tableOf } from './support.ts';

const D = 3;
const U = normals(4 * D, 81);
const V = normals(5 * D, 82).map((x, i) => (i < D ? 0 : x)); // item 0 is all zeros

const unit = (values: Float32Array): number[] =>
  Array.from(values, (x, i) => {
    const row = values.subarray(i - (i % D), i - (i % D) + D);
    return x / Math.max(Math.hypot(...row), 1e-12);
  });

onEngines('factorRanker', () => {
  it('copies rows as they are, and normalises them for cosine', () => {
    const users = tableOf('users', U, D);
    const items = tf.tensor2d(V, [5, D]);
    const before = kernels().memory.usage.blocks;
    const plain = factorRanker(users, items);
    const cosine = factorRanker(users, items, true);
    users.load(new Float32Array(U.length));
    expect(plain).toMatchObject({ kind: 'factors', userCount: 4, itemCount: 5, dimension: D });
    expect(Float32Array.from(plain.users)).toEqual(U);
    expectClose(cosine.users, unit(U), 1e-6);
    expectClose(cosine.items, unit(V), 1e-6);
    expect(kernels().memory.owns(plain.items)).toBe(true);
    for (const ranker of [plain, cosine, plain]) ranker.dispose();
    expect(kernels().memory.usage.blocks).toBe(before);
  });
});

it('a table that does not fit says how much was wanted', () => {
  const make = () =>
    new EmbeddingTable({ name: 't', rows: 2 ** 24, dimension: 128, initialise: xavierUniform(), seed: 1 });
  expect(make).toThrow(
    expect.objectContaining({
      name: 'LosslabError',
      code: 'out-of-memory',
      message: expect.stringContaining('8192.0 MiB'),
    }),
  );
});
