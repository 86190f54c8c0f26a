import * as tf from '@tensorflow/tfjs';
import { type EngineName, useEngine } from '../../src/index.ts';
import { timedOps } from './ops.ts';

export interface Measured {
  readonly op: string;
  /** What runs: losslab's kernel, libtensorflow's own op, or a composition of stock ops. */
  readonly how: 'fused' | 'native' | 'composed';
  readonly milliseconds: number;
  /** The op's numbers, to be compared with another engine's. */
  readonly numbers: readonly number[];
}

function howOf(kernel: string | undefined, backend: string): Measured['how'] {
  if (kernel === undefined || tf.getKernel(kernel, backend) === undefined) return 'composed';
  return backend === 'simd' ? 'fused' : 'native';
}

/** Times every op on one engine: the best of some turns after one to warm up. */
export async function measure(engine: EngineName, turns: number): Promise<Measured[]> {
  await useEngine(engine);
  const backend = tf.getBackend();
  const { ops, dispose } = timedOps();
  const measured = ops.map(({ name, kernel, run }): Measured => {
    const numbers = [...run()];
    const times = Array.from({ length: turns }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    });
    return { op: name, how: howOf(kernel[backend], backend), milliseconds: Math.min(...times), numbers };
  });
  dispose();
  return measured;
}
