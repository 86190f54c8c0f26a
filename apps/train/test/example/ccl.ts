/**
 * CCL, the cosine contrastive loss. Mao et al., "SimpleX: A Simple and Strong Baseline for Collaborative Filtering",
 * CIKM 2021, eq. 1:
 *
 *     L = (1 − s⁺) + w/N · Σ_j max(0, s⁻_j − m)
 *
 * The loss is the mean over the batch's rows.
 */
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({
  w: z.number().positive('must be > 0 (eq. 1)').default(1).describe('Weight w > 0 of the negatives.'),
  m: z.number().min(-1).max(1).default(0.4).describe('Margin m: negatives that score below it cost nothing.'),
});

/**
 * Eq. 1, mean over rows.
 * @param scores positive [B, 1] and negative [B, N], float32, cosine
 * @param options w > 0; m in the scores' unit
 */
export function myCclLoss(
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  { w, m }: z.output<typeof options>,
): tf.Scalar {
  const pull = tf.mean(tf.sub(1, positive)); // over (B, 1)
  const push = tf.mean(tf.relu(tf.sub(negative, m))); // over (B, N)
  return tf.add(pull, tf.mul(w, push));
}

export const myCcl: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'my-ccl',
  summary: 'Cosine contrastive loss: negatives matter only above a margin.',
  source: 'Mao et al., CIKM 2021, eq. 1',
  options,
  create: (chosen) => ({
    name: 'my-ccl',
    needs: {
      positives: { least: 1, most: 1, usual: 1 },
      negatives: { least: 1, usual: 200 },
      inBatch: true,
      labelled: false,
      similarity: 'cosine',
    },
    gradient: 'exact',
    compute: (scores) => myCclLoss(scores, chosen),
  }),
};
