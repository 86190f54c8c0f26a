import { type Kernels, kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import type { Dropout } from './pair-options.ts';

/** Stream of the counter that masks are drawn from; samplers use small numbers. */
const STREAM = 0xf002;

/** Writes the mask's factors into out [rows, dimension], in the kernels' memory. */
export function fillMask(k: Kernels, out: Float32Array, dimension: number, dropout: Dropout): void {
  const { rate, seed, epoch, step } = dropout;
  k.dropoutMask({ at: { seed, epoch, step, stream: STREAM }, columns: dimension, rate, out });
}

/** The mask as a tensor [rows, dimension] of any engine. */
export function maskTensor(rows: number, dimension: number, dropout: Dropout): tf.Tensor2D {
  const k = kernels();
  const view = k.memory.f32(rows * dimension);
  try {
    fillMask(k, view, dimension, dropout);
    return tf.tensor2d(Float32Array.from(view), [rows, dimension]);
  } finally {
    k.memory.free(view);
  }
}
