/**
 * VBPR. Liu et al., "Variational Bayesian Personalized Ranking", arXiv 2503.11067v1, eq. 12, 13 and 17, with the inner product
 * for sim:
 *
 *     c⁺ = Σ_m α_m i_m,   α = softmax( s(u,i) / c_pos )                                            (eq. 12)
 *     c⁻ = Σ_n β_n j_n,   β = softmax( s(u,j) / c_neg )                                            (eq. 13)
 *     L  = −mean over rows of ln σ( ⟨u, c⁺⟩ − ⟨u, c⁻⟩ )                                             (eq. 17)
 *
 * ⟨u, c⁺⟩ = Σ_m α_m s(u,i_m), so the loss is a function of scores. The M positives are the observed one and M − 1 more of
 * the user; gradients flow through the attention. With M = N = 1 it is BPR, to the last bit.
 * Deviation: eq. 17 lacks the minus that the descent of Algorithm 1 needs.
 */
import { softmax, softmaxMean, softplus } from '@losslab/backend/ops';
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({
  cPos: z
    .number()
    .positive('must be > 0 (eq. 12)')
    .default(10)
    .describe(
      'Scaling factor c_pos > 0: a large one lets low-scoring (hard) positives weigh as much. Paper: 0.1 to 10.',
    ),
  cNeg: z
    .number()
    .positive('must be > 0 (eq. 13)')
    .default(0.5)
    .describe('Scaling factor c_neg > 0: a small one lets high-scoring (hard) negatives weigh most. Paper: 0.1 to 10.'),
});

/**
 * Eq. 17 with the minus, mean over rows.
 * @param scores positive [B, M] and negative [B, N], float32, inner products
 * @param options c_pos and c_neg > 0, in the scores' unit
 */
export function variationalBprLoss(
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  { cPos, cNeg }: { readonly cPos: number; readonly cNeg: number },
): tf.Scalar {
  return tf.mean(softplus(tf.sub(softmaxMean(negative, cNeg), softmaxMean(positive, cPos)))); // −ln σ(x) = softplus(−x)
}

export const vbpr: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'vbpr',
  summary: 'Variational BPR: BPR between attention-weighted means of M positives and N negatives.',
  source: 'Liu et al., arXiv 2503.11067v1, eq. 12, 13, 17',
  options,
  create: ({ cPos, cNeg }) => ({
    name: 'vbpr',
    needs: {
      positives: { least: 1, usual: 2, source: 'eq. 12' },
      negatives: { least: 1, usual: 4, source: 'eq. 13' },
      inBatch: true,
      labelled: false,
      similarity: 'dot',
    },
    gradient: 'exact',
    compute: (scores) => variationalBprLoss(scores, { cPos, cNeg }),
    inspect: ({ positive, negative }) => ({
      positiveWeights: softmax(tf.div(positive, cPos)), // α, (B, M)
      negativeWeights: softmax(tf.div(negative, cNeg)), // β, (B, N)
    }),
  }),
};
