/**
 * T-CE, truncated cross-entropy. Wang et al., "Denoising Implicit Feedback for Recommendation", WSDM 2021 (DenoisingRec), as
 * Lin et al., WSDM 2024, §3.1.1 take it over (eq. 3):
 *
 *     L = 1/|K| · Σ_{(u,i,y) ∈ K} ℓ(ŷ_ui, y) + L_Dᵘ(θ),     ỹ_ui = 0 for (u,i) ∈ Dᵘ
 *
 * K is the batch's Dˡ less its share d(t): the positives with the largest loss go. d grows linearly with the steps t of the run.
 * Deviation: DenoisingRec takes the share of all rows of a batch, sampled ones too, and where that is more than there are
 * positives, negatives go as well. Here it is a share of the labelled pairs, and negatives stay.
 */
import { stopGradient } from '@losslab/backend/ops';
import { globalStep, type LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { asNegative } from './ns.ts';
import { logLoss, twoParts, twoPartsNeeds } from './two-parts.ts';

const options = z.strictObject({
  dropRate: z
    .number()
    .min(0, 'must be in [0, 1) (DenoisingRec, T-CE)')
    .lt(1, 'must be in [0, 1) (DenoisingRec, T-CE)')
    .default(0.2)
    .describe('Share of the labelled pairs that is left out in the end, in [0, 1). Code: 0.2.'),
  numGradual: z
    .int()
    .min(0, 'must be >= 0 (DenoisingRec, T-CE)')
    .default(30_000)
    .describe('Steps over which the share grows from 0; 0: it is whole from the first. Code: 30,000.'),
  exponent: z
    .number()
    .positive('must be > 0 (DenoisingRec, T-CE)')
    .default(1)
    .describe('While it grows, the share heads for `dropRate` to this power. Code: 0.5, 1 or 2.'),
});
export type TruncatedOptions = z.output<typeof options>;

/** d(t): dropRate^exponent · t / numGradual before step numGradual, then dropRate. */
export function dropRate(t: number, { dropRate: rate, numGradual, exponent }: TruncatedOptions): number {
  return t < numGradual ? (rate ** exponent * t) / numGradual : rate;
}

/**
 * Mean loss of the labelled pairs without ⌈share · L⌉ of them: positives, those with the largest loss.
 * @param scores [L], float32, inner products
 * @param labels [L], 0 or 1
 * @param share d in [0, 1)
 */
export function truncatedLoss(scores: tf.Tensor1D, labels: tf.Tensor1D, share: number): tf.Scalar {
  const losses = logLoss(scores, labels);
  const isNegative = tf.sub(1, labels);
  const order = tf.sub(tf.mul(labels, stopGradient(losses)), isNegative); // (L), negatives below every positive
  const negatives = tf.sum(isNegative).dataSync()[0]!;
  const kept = Math.max(Math.floor((1 - share) * scores.size), negatives);
  const { indices } = tf.topk(tf.neg(order), kept);
  return tf.mean(tf.gather(losses, indices));
}

export const tCe: LossDefinition<TruncatedOptions> = {
  kind: 'loss',
  name: 't-ce',
  summary:
    'Truncated cross-entropy of DenoisingRec: leaves out a growing share of the positives, those with a large loss.',
  source: 'Wang et al., WSDM 2021 (T-CE); Lin et al., WSDM 2024, eq. 3',
  options,
  create: (chosen) => ({
    name: 't-ce',
    needs: twoPartsNeeds,
    gradient: 'exact',
    compute: (scores, batch) =>
      twoParts(scores, batch, {
        labelled: (s, y) => truncatedLoss(s, y, dropRate(globalStep(batch), chosen)),
        unlabelled: asNegative,
      }),
  }),
};
