import { kernels } from '@losslab/kernels';
import type * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import {
  EmbeddingTable,
  embeddingCosine,
  logSumExp,
  makeOptimizer,
  normal,
  ParameterSet,
  useEngine,
} from '../src/index.ts';
import { wholes } from './support.ts';

/** Tables after three steps, large enough that rows are cut. */
async function trained(threads: number): Promise<Float32Array[]> {
  await useEngine('simd', { threads });
  await kernels().engine.ready();
  const make = (name: string, rows: number) =>
    new EmbeddingTable({ name, rows, dimension: 64, initialise: normal(0.1), seed: 1 });
  const [left, right] = [make('users', 2000), make('items', 12_000)];
  const set = new ParameterSet({ tables: [left, right] });
  const optimizer = makeOptimizer('adam', { learningRate: 0.01 }, set);
  for (let step = 0; step < 3; step++) {
    const pairs = {
      leftRows: wholes(256, 2000, step),
      rightRows: { data: wholes(256 * 100, 12_000, 9 + step), rows: 256, columns: 100 },
    };
    const leftDropout = { rate: 0.1, seed: 1, epoch: 0, step };
    const loss = () => logSumExp(embeddingCosine({ left, right, ...pairs, leftDropout }).div(0.1)).mean() as tf.Scalar;
    optimizer.apply(set.gradient(loss).gradients);
  }
  const values = [left.values(), right.values()];
  optimizer.dispose();
  set.dispose();
  return values;
}

it('a step gives the same bits on one, two and three threads', async () => {
  const one = await trained(1);
  for (const threads of [2, 3]) expect(await trained(threads)).toEqual(one);
  kernels().engine.threads = 1;
});
