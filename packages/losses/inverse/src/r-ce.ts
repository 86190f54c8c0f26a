/**
 * R-CE, reweighted cross-entropy. Wang et al., "Denoising Implicit Feedback for Recommendation", WSDM 2021 (DenoisingRec), as
 * Lin et al., WSDM 2024, §3.1.1 take it over:
 *
 *     L = 1/|Dˡ| · Σ ŷ_y^β · ℓ(ŷ, y) + 1/|Dᵘ| · Σ (1 − ŷ)^β · ℓ(ŷ, 0),     ŷ_y = ŷ where y = 1, 1 − ŷ where y = 0
 *
 * ŷ_y is the probability of the pair's own label, held fixed: pairs with a large loss weigh less. As ℓ = −ln ŷ_y, the weight
 * is exp(−β·ℓ). β = 0 is `ns`.
 */
import { stopGradient } from '@losslab/backend/ops';
import type { GradientOracle, LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { logLoss, twoParts, twoPartsNeeds } from './two-parts.ts';

const options = z.strictObject({
  beta: z
    .number()
    .nonnegative('must be >= 0 (DenoisingRec, R-CE)')
    .default(0.2)
    .describe('Exponent β ≥ 0 of the weight: how fast it falls as the loss grows; 0 weighs all alike. Code: 0.2.'),
});

/**
 * Mean over pairs of exp(−β·ℓ)·ℓ, the first factor held fixed.
 * @param scores any shape, float32, inner products
 * @param labels 0 or 1: one number for all, or a tensor of the scores' shape
 * @param beta β ≥ 0
 */
export function reweightedLoss(scores: tf.Tensor, labels: tf.Tensor | 0 | 1, beta: number): tf.Scalar {
  const losses = logLoss(scores, labels);
  return tf.mean(tf.mul(tf.exp(tf.mul(-beta, stopGradient(losses))), losses));
}

/** The gradient with the weights held fixed: ŷ_y^β · (ŷ − y) a pair. */
function oracle(beta: number): GradientOracle {
  const slope = (x: number, label: number, pairs: number): number => {
    const probability = 1 / (1 + Math.exp(-x));
    const ofLabel = 1 / (1 + Math.exp(label === 1 ? -x : x));
    return (ofLabel ** beta * (probability - label)) / pairs;
  };
  return ({ positive, negative, labelled }, batch) => ({
    positive: new Float64Array(positive.length),
    negative: negative.map((x) => slope(x, 0, negative.length)),
    ...(labelled && {
      labelled: labelled.map((x, row) => slope(x, batch.labelled!.labels[row]!, labelled.length)),
    }),
  });
}

export const rCe: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'r-ce',
  summary: 'Reweighted cross-entropy of DenoisingRec: labelled and sampled pairs with a large loss weigh less.',
  source: 'Wang et al., WSDM 2021 (R-CE); Lin et al., WSDM 2024, §3.1.1',
  options,
  create: ({ beta }) => ({
    name: 'r-ce',
    needs: twoPartsNeeds,
    gradient: oracle(beta),
    compute: (scores, batch) =>
      twoParts(scores, batch, {
        labelled: (s, y) => reweightedLoss(s, y, beta),
        unlabelled: (s) => reweightedLoss(s, 0, beta),
      }),
  }),
};
