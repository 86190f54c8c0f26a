import * as tf from '@tensorflow/tfjs';
import { type EngineName, useEngine } from '../../src/index.ts';
import type { Numbers } from './numbers.ts';
import { timedOps } from './ops.ts';
import { type Size, STEP } from './problem.ts';

export interface Measured {
  readonly op: string;
  /** What runs: losslab's kernel, libtensorflow's own op, or a composition of stock ops. */
  readonly how: 'fused' | 'native' | 'composed';
  readonly milliseconds: number;
  /** To be compared with another engine's. */
  readonly numbers: Numbers;
}

/** An optimizer's moments have met both batches, and the first of them twice. */
const WARM_UPS = 3;

function howOf(kernel: string | undefined, backend: string): Measured['how'] {
  if (kernel === undefined || tf.getKernel(kernel, backend) === undefined) return 'composed';
  return backend === 'simd' ? 'fused' : 'native';
}

/** Times every op on one engine: the best of some turns after three to warm up, the last of which gives the numbers. */
export async function measure(engine: EngineName, turns: number, size: Size = STEP): Promise<Measured[]> {
  await useEngine(engine);
  const backend = tf.getBackend();
  const { ops, dispose } = timedOps(size);
  const measured = ops.map(({ name, kernel, run }): Measured => {
    const [numbers] = Array.from({ length: WARM_UPS }, run).slice(-1);
    const times = Array.from({ length: turns }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    });
    return { op: name, how: howOf(kernel[backend], backend), milliseconds: Math.min(...times), numbers: numbers! };
  });
  dispose();
  return measured;
}
