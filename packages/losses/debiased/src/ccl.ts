/**
 * CCL, the cosine contrastive loss of Mao et al., "SimpleX", CIKM 2021. Jin & Li, "(Debiased) Contrastive Learning Loss
 * for Recommendation", 2023, eq. 18, its single losses eq. 19:
 *
 *     L = E [ Σ_{i∈I_u⁺} (1 − ŷ_ui) + w/N · Σ_{j=1}^N ReLU(ŷ_uj − ε) ]
 *
 * ŷ is the cosine similarity. A row has a positive of its own, so the sum over I_u⁺ is the mean over its M columns.
 */
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { cosineContrasts, marginOption } from './single-pointwise.ts';

const options = z.strictObject({
  w: z
    .number()
    .nonnegative('must be >= 0 (eq. 18)')
    .default(300)
    .describe('Weight w ≥ 0 of the negatives’ mean. Ours; the paper gives none for the plain loss.'),
  margin: marginOption('eq. 18'),
});

/**
 * Eq. 18, mean over rows.
 * @param scores positive [B, M] and negative [B, N], float32, cosine
 */
export function cosineContrastiveLoss(
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  { w, margin }: z.output<typeof options>,
): tf.Scalar {
  const single = cosineContrasts(margin);
  return tf.add(tf.mean(single.positive(positive)), tf.mul(w, tf.mean(single.negative(negative))));
}

export const ccl: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'ccl',
  summary: 'Cosine contrastive loss: positives towards a cosine of 1, negatives below a margin.',
  source: 'Jin & Li, 2023, eq. 18-19; Mao et al., CIKM 2021',
  options,
  create: (chosen) => ({
    name: 'ccl',
    needs: {
      positives: { least: 1, usual: 1 },
      negatives: { least: 1, usual: 800 },
      inBatch: true,
      labelled: false,
      similarity: 'cosine',
    },
    gradient: 'exact',
    compute: (scores) => cosineContrastiveLoss(scores, chosen),
  }),
};
