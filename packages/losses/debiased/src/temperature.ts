import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** t of `equation`, on every score: the paper writes ŷ/t in eq. 16 alone, and t in the floor of eq. 7. */
export const temperatureOption = (equation: string) =>
  z
    .number()
    .positive(`must be > 0 (${equation})`)
    .default(0.4)
    .describe('Temperature t > 0 that divides every score. Paper: 0.4 and 0.5 for MINE+ (Table 4).');

/** ŷ/t of positives [B, M] and negatives [B, N]. */
export function tempered(
  { positive, negative }: { readonly positive: tf.Tensor2D; readonly negative: tf.Tensor2D },
  t: number,
): { positive: tf.Tensor2D; negative: tf.Tensor2D } {
  return { positive: tf.div<tf.Tensor2D>(positive, t), negative: tf.div<tf.Tensor2D>(negative, t) };
}
