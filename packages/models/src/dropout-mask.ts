import type { Dropout } from '@losslab/backend';
import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';

/**
 * Factors [rows, columns], 0 or 1 / (1 − rate): a pure function of (seed, epoch, step, stream, row, column).
 * @param stream of the counter: 0xf002 and 0xf004 are the pair ops' and the edges' own
 */
export function dropoutMask(
  [rows, columns]: readonly [number, number],
  { rate, seed, epoch, step }: Dropout,
  stream: number,
): tf.Tensor2D {
  const { memory, dropoutMask: fill } = kernels();
  const out = memory.f32(rows * columns);
  fill({ at: { seed, epoch, step, stream }, columns, rate, out });
  const mask = tf.tensor2d(Float32Array.from(out), [rows, columns]);
  memory.free(out);
  return mask;
}
