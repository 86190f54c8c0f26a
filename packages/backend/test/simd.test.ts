import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  batchSquaredNorm,
  EmbeddingTable,
  embeddingCosine,
  embeddingDot,
  logSumExp,
  makeOptimizer,
  ParameterSet,
  useEngine,
  xavierUniform,
} from '../src/index.ts';
import type { SimdBackend } from '../src/simd/index.ts';
import { wholes } from './support.ts';

beforeAll(async () => {
  await useEngine('simd');
});

const backend = (): SimdBackend => tf.backend() as unknown as SimdBackend;
const usage = () => kernels().memory.usage;

describe('the backend simd', () => {
  it('hands out copies', () => {
    const x = tf.tensor1d([1, 2, 3]);
    const read = x.dataSync<'float32'>();
    read[0] = 9;
    x.dispose();
    tf.fill([3], 7);
    expect([...read]).toEqual([9, 2, 3]);
    expect(kernels().memory.owns(read)).toBe(false);
  });

  it('keeps every numeric tensor in the kernels memory, whatever made it', () => {
    const made = [
      tf.tensor1d([1, 2]),
      tf.tensor1d([1, 2], 'int32'),
      tf.tensor1d([true, false]),
      tf.tensor1d([1, 2], 'int32').toFloat(),
      tf.tensor1d([3, 1, 2]).reverse(),
      tf.topk(tf.tensor1d([3, 1, 2]), 2).indices,
      tf.cumsum(tf.tensor1d([1, 2])),
    ];
    for (const tensor of made) {
      const view = backend().view(tensor);
      expect(kernels().memory.owns(view)).toBe(true);
      const type = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[tensor.dtype as 'float32'];
      expect(view).toBeInstanceOf(type);
    }
  });

  it('gives blocks back when tensors go', () => {
    const work = () =>
      tf.tidy(() => {
        const x = tf.randomNormal<tf.Rank.R2>([50, 40]);
        return tf.concat([x.matMul(x, false, true).relu().sum(0), tf.cumsum(tf.range(0, 9))]);
      });
    work().dispose(); // the kernels keep some scratch
    const before = usage();
    const kept = work();
    expect(usage().blocks).toBe(before.blocks + 1);
    kept.dispose();
    expect(usage()).toEqual({ ...before, reserved: usage().reserved });
    expect(backend().numDataIds()).toBe(tf.memory().numDataBuffers);
    expect(tf.memory().unreliable).toBeFalsy();
  });

  it('reads data after disposal within a stock kernel (the FFT family)', () => {
    const signal = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i) + i / 7);
    const spectrum = tf.spectral.rfft(tf.tensor1d(signal));
    expect(spectrum.shape).toEqual([7]);
    const back = tf.spectral.irfft(spectrum).dataSync();
    signal.forEach((x, i) => {
      expect(back[i]).toBeCloseTo(x, 4);
    });
  });

  it('says how much was wanted where memory ends', () => {
    expect(() => backend().allocate([2 ** 20, 2 ** 10])).toThrow(/expected room for 4096\.0 MiB.*lower the batch size/);
  });

  it('is not selected, and prints nothing, on import', () => {
    const code = `
      import * as tf from '@tensorflow/tfjs';
      import { useEngine } from '@losslab/backend';
      const before = tf.engine().backendName ?? 'none';
      await useEngine('simd');
      console.log(before, tf.getBackend(), tf.scalar(2).add(1).dataSync()[0]);`;
    const args = ['--conditions=@losslab/source', '--input-type=module', '--eval', code];
    const cwd = fileURLToPath(new URL('../../trainer', import.meta.url));
    expect(execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: 'pipe' })).toBe('none simd 3\n');
  });
});

describe('a training step on simd', () => {
  it('allocates nothing that grows', () => {
    const make = (name: string, rows: number) =>
      new EmbeddingTable({ name, rows, dimension: 16, initialise: xavierUniform(), seed: 1 });
    const [left, right] = [make('users', 300), make('items', 400)];
    const set = new ParameterSet({ tables: [left, right] });
    const optimizer = makeOptimizer('adam', { learningRate: 0.01 }, set);
    const step = (t: number): void => {
      const leftRows = wholes(32, 300, t);
      const positives = { data: wholes(32, 400, 1000 + t), rows: 32, columns: 1 };
      const negatives = { data: wholes(32 * 20, 400, 2000 + t), rows: 32, columns: 20 };
      const leftDropout = { rate: 0.1, seed: 1, epoch: 1, step: t };
      const { gradients } = set.gradient(() => {
        const positive = embeddingCosine({ left, right, leftRows, rightRows: positives, leftDropout });
        const negative = embeddingCosine({ left, right, leftRows, rightRows: negatives, leftDropout });
        const labelled = embeddingDot({ left, right, leftRows, rightRows: positives });
        const norm = batchSquaredNorm(right, negatives.data).mul(1e-3);
        return logSumExp(negative.div(0.1))
          .mean()
          .sub(positive.mean().div(0.1))
          .add(norm)
          .add(labelled.mean()) as tf.Scalar;
      });
      const snapshot = set.save(gradients);
      optimizer.apply(gradients);
      snapshot.dispose();
    };
    for (let t = 0; t < 20; t++) step(t);
    const before = { ...usage(), tensors: tf.memory().numTensors };
    for (let t = 20; t < 120; t++) step(t);
    expect(usage().blocks).toBe(before.blocks);
    expect(usage().reserved).toBe(before.reserved);
    expect(tf.memory().numTensors).toBe(before.tensors);
  });
});
