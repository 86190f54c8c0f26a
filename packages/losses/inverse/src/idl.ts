/**
 * IDL, the inverse dual loss. Lin et al., "Inverse Learning with Extremely Sparse Feedback for Recommendation", WSDM 2024,
 * eq. 4 on unlabelled pairs, beside eq. 1 on labelled ones:
 *
 *     L      = L_Dˡ(θ) + L_dual(θ)
 *     L_dual = 1/|Dᵘ| · Σ_{(u,i) ∈ Dᵘ} w¹·ℓ(ŷ, 1) + w⁰·ℓ(ŷ, 0)                                              (eq. 4)
 *     w¹ = ℓ₀ / (z·ℓ₁),   w⁰ = ℓ₁ / (z·ℓ₀),   z = ℓ₀/ℓ₁ + ℓ₁/ℓ₀,   ℓ_y = stopgrad( ℓ(ŷ, y) )
 *
 * The label with the smaller loss weighs more. Multiplied out, w¹ = ℓ₀² / (ℓ₀² + ℓ₁²) and w⁰ = 1 − w¹, which divides by no
 * loss: ℓ₀ and ℓ₁ are never both 0. The weights are held fixed, so the gradient, (σ(s) − w¹)/|Dᵘ|, is not the value's.
 */
import { stopGradient } from '@losslab/backend/ops';
import type { GradientOracle, LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { labelledLoss } from './bce-labelled.ts';
import { logLoss, twoParts, twoPartsNeeds } from './two-parts.ts';

const options = z.strictObject({});

/**
 * w¹ of eq. 4, constant for the tape; w⁰ = 1 − w¹.
 * @param scores [B, N], float32, inner products
 * @returns [B, N] in [0, 1]
 */
export function positiveWeights(scores: tf.Tensor2D): tf.Tensor2D {
  const fixed = stopGradient(scores);
  const [one, zero] = [tf.square(logLoss(fixed, 1)), tf.square(logLoss(fixed, 0))];
  return tf.div(zero, tf.add(zero, one));
}

/**
 * Eq. 4, mean over pairs.
 * @param scores [B, N] of unlabelled pairs, float32, inner products
 */
export function inverseDualLoss(scores: tf.Tensor2D): tf.Scalar {
  const w1 = positiveWeights(scores); // (B, N)
  return tf.mean(tf.add(tf.mul(w1, logLoss(scores, 1)), tf.mul(tf.sub(1, w1), logLoss(scores, 0))));
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** The gradient with w¹ and w⁰ held fixed. */
const gradient: GradientOracle = ({ positive, negative, labelled }, batch) => ({
  positive: new Float64Array(positive.length),
  negative: negative.map((x) => {
    const [zero, one] = [softplus(x) ** 2, softplus(-x) ** 2];
    return (sigmoid(x) - zero / (zero + one)) / negative.length;
  }),
  ...(labelled && {
    labelled: labelled.map((x, row) => (sigmoid(x) - batch.labelled!.labels[row]!) / labelled.length),
  }),
});

export const idl: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'idl',
  summary:
    'Inverse dual loss: labels unlabelled pairs by which label costs less, beside cross-entropy on labelled ones.',
  source: 'Lin et al., WSDM 2024, eq. 4',
  options,
  create: () => ({
    name: 'idl',
    needs: twoPartsNeeds,
    gradient,
    compute: (scores, batch) => twoParts(scores, batch, { labelled: labelledLoss, unlabelled: inverseDualLoss }),
    inspect: ({ negative }: Scores) => {
      const w1 = positiveWeights(negative);
      return { positiveWeights: w1, negativeWeights: tf.sub(1, w1) }; // (B, N)
    },
  }),
};
