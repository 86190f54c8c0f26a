/**
 * MINE+. Jin & Li, "(Debiased) Contrastive Learning Loss for Recommendation", 2023, eq. 16:
 *
 *     L = −E_u E_{i∼p_u⁺} [ ŷ_ui/t − λ · log Σ_{j=1}^N exp(ŷ_uj/t) ]
 *
 * ŷ is the cosine similarity; λ weighs negatives against positives; λ = 1 is MINE (eq. 10) with a temperature. E over p_u⁺
 * is the mean over the row's M positives. BSL's published code computes the same (`bsl-reference`, variant `reweight`).
 */
import { logSumExp, softmax } from '@losslab/backend/ops';
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { temperatureOption } from './temperature.ts';

const options = z.strictObject({
  t: temperatureOption('eq. 16'),
  lambda: z
    .number()
    .positive('must be > 0 (eq. 16)')
    .default(1.2)
    .describe('Weight λ > 0 of the negative part. Paper: 1.1 and 1.2 (Table 4).'),
});

/**
 * Eq. 16, mean over rows.
 * @param scores positive [B, M] and negative [B, N], float32, cosine
 * @param options t and λ > 0
 */
export function minePlusLoss(
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  { t, lambda }: z.output<typeof options>,
): tf.Scalar {
  return tf.sub(tf.mul(lambda, tf.mean(logSumExp(negative, t))), tf.div(tf.mean(positive), t));
}

export const minePlus: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'mine-plus',
  summary: 'MINE+: mutual information neural estimation with a temperature and a weight on the negatives.',
  source: 'Jin & Li, 2023, eq. 16',
  options,
  create: (chosen) => ({
    name: 'mine-plus',
    needs: {
      positives: { least: 1, usual: 1 },
      negatives: { least: 1, usual: 800 },
      inBatch: true,
      labelled: false,
      similarity: 'cosine',
    },
    gradient: 'exact',
    compute: (scores) => minePlusLoss(scores, chosen),
    inspect: ({ negative }) => ({ negativeWeights: softmax(tf.div(negative, chosen.t)) }), // (B, N)
  }),
};
