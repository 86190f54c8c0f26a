/**
 * BPR-max. Hidasi, Karatzoglou, "Recurrent Neural Networks with Top-k Gains for Session-based Recommendations", CIKM 2018
 * (arXiv 1706.03847), the ranking-max losses: BPR against the negatives in proportion to how highly they score, with a
 * penalty on their scores,
 *
 *     L = −log Σ_j p_j σ(s⁺ − s⁻_j) + λ Σ_j p_j (s⁻_j)²,     p = softmax(s⁻) over the row's N negatives.
 *
 * The loss is the mean over the batch's rows. Its logarithm is computed as log Σ exp(s⁻ + log σ) − log Σ exp(s⁻).
 * Deviation: the paper's negatives are the other sessions' items of the batch and drawn ones; here, whatever is sampled.
 */
import { logSigmoid, logSumExp, softmax } from '@losslab/backend/ops';
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({
  lambda: z
    .number()
    .min(0, 'must be ≥ 0 (the penalty of BPR-max)')
    .default(0.01)
    .describe('Weight λ ≥ 0 of the squared scores of negatives.'),
});

/**
 * BPR-max, mean over rows.
 * @param scores positive [B, 1] and negative [B, N], float32
 * @param options λ ≥ 0
 */
export function bprMaxLoss(
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  { lambda }: z.output<typeof options>,
): tf.Scalar {
  const won = logSigmoid(tf.sub(positive, negative)); // log σ(s⁺ − s⁻), [B, N]
  const ranked = tf.sub(logSumExp(negative), logSumExp(tf.add(negative, won) as tf.Tensor2D)); // [B]
  if (lambda === 0) return tf.mean(ranked);
  const penalty = tf.sum(tf.mul(softmax(negative), tf.square(negative)), 1); // [B]
  return tf.mean(tf.add(ranked, tf.mul(lambda, penalty)));
}

export const bprMax: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'bpr-max',
  summary: 'BPR against negatives weighed by the softmax of their scores.',
  source: 'Hidasi & Karatzoglou, CIKM 2018',
  options,
  create: (chosen) => ({
    name: 'bpr-max',
    needs: {
      positives: { least: 1, most: 1, usual: 1 },
      negatives: { least: 1, usual: 64 },
      inBatch: true,
      labelled: false,
      similarity: 'dot',
    },
    gradient: 'exact',
    compute: (scores) => bprMaxLoss(scores, chosen),
  }),
};
