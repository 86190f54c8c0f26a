/**
 * PSL, the pairwise softmax loss. Yang et al., "PSL: Rethinking and Improving Softmax Loss from Pairwise Perspective for
 * Recommendation", NeurIPS 2024: SL written by pairs, with a surrogate activation σ where SL has exp,
 *
 *     L = E_{i∼P⁺} log Σ_j σ(d_uij)^{1/τ},     d_uij = f(u,j) − f(u,i),
 *     σ(d) = tanh(d) + 1  or  max(0, d + 1)  or  arctan(d) + 1;  exp(d) gives SL.
 *
 * The sum runs over the row's N negatives, E over its M positives; the loss is the mean over the batch's rows. It is
 * computed as log Σ exp(log σ/τ), so that no power overflows.
 * The form is that of the authors' code (its method 1); the paper's text was not at hand, hence no numbers of equations.
 * Deviation: f = `scale` · s, half the cosine unless set, as in the code: then d ∈ [−1, 1], where σ(d) ≤ exp(d).
 * Deviation: below σ = 2⁻¹⁰, log σ goes on along its tangent: relu's σ reaches 0 at d = −1, arctan's goes below.
 */
import { logSumExp, softmax } from '@losslab/backend/ops';
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { activations } from './activations.ts';

const options = z.strictObject({
  activation: z
    .enum(['tanh', 'relu', 'atan', 'exp'])
    .default('tanh')
    .describe('Surrogate activation σ: tanh(d) + 1, max(0, d + 1), arctan(d) + 1, or exp(d), which is SL.'),
  tau: z
    .number()
    .positive('must be > 0 (the exponent 1/τ)')
    .default(0.1)
    .describe('Temperature τ > 0: the smaller, the more the hardest negatives count. Code: 0.005 to 0.25.'),
  scale: z
    .number()
    .positive('must be > 0 (f = scale · s)')
    .default(0.5)
    .describe('Factor of the scores: half the cosine keeps d in [−1, 1]. Code: 0.5.'),
});

type Chosen = z.output<typeof options>;
type Pairs = Pick<Scores, 'positive' | 'negative'>;

/**
 * E log Σ_j σ(d_uij)^{1/τ}, mean over rows and positives.
 * @param scores positive [B, M] and negative [B, N], float32, cosine in the paper
 * @param options σ; τ > 0, in units of log σ; scale > 0, of d by the scores' unit
 */
export function pslLoss(scores: Pairs, { activation, tau, scale }: Chosen): tf.Scalar {
  const logActivation = activations[activation];
  const losses = differences(scores, scale).map((d) => logSumExp(logActivation(d), tau)); // M of (B)
  return tf.mean(tf.stack(losses));
}

/** σ(d_uij)^{1/τ} as shares of a row, mean over positives: how much each negative counts. [B, N], rows sum to 1. */
export function pslWeights(scores: Pairs, { activation, tau, scale }: Chosen): tf.Tensor2D {
  const logActivation = activations[activation];
  const shares = differences(scores, scale).map((d) => softmax(tf.div(logActivation(d), tau))); // M of (B, N)
  return tf.mean(tf.stack(shares), 0);
}

/** d_uij of each positive i in turn: M of (B, N). */
function differences({ positive, negative }: Pairs, scale: number): tf.Tensor2D[] {
  const M = positive.shape[1];
  const columns = M === 1 ? [positive] : tf.split(positive, M, 1); // M of (B, 1); tfjs cannot take back a split into one
  return columns.map((column) => tf.mul(scale, tf.sub(negative, column)));
}

export const psl: LossDefinition<Chosen> = {
  kind: 'loss',
  name: 'psl',
  summary: 'Softmax loss by pairs, whose surrogate activation bounds the weight of false negatives.',
  source: 'Yang et al., NeurIPS 2024',
  options,
  create: (chosen) => ({
    name: 'psl',
    needs: {
      positives: { least: 1, usual: 1 },
      negatives: { least: 1, usual: 1000 },
      inBatch: true,
      labelled: false,
      similarity: 'cosine',
    },
    gradient: 'exact',
    compute: (scores) => pslLoss(scores, chosen),
    inspect: (scores) => ({ negativeWeights: pslWeights(scores, chosen) }), // (B, N)
  }),
};
