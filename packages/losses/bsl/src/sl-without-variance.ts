/**
 * SL without its variance term: the loss that Wu et al., ICDE 2024, ablate in Figures 5 and 14. Eq. 13 expands eq. 5 as
 *
 *     L_SL ≈ −E_{i∼P⁺} [ s(u,i) ] + E_{j∼P⁻} [ s(u,j) ] + V_{j∼P⁻} [ s(u,j) ] / (2τ),
 *
 * and its last term, which penalises spread among negatives, is what they hold to make SL fair. So here
 *
 *     L = L_SL − V_{j∼P⁻} [ s(u,j) ] / (2τ).
 *
 * E and V are over the row's columns, V with divisor N; the loss is the mean over the batch's rows.
 * Deviation: the paper does not print the revised loss; this is eq. 5 less the term of eq. 13.
 */
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { robustnessRadius, worstCase } from './expectation.ts';
import { softmaxLoss } from './sl.ts';

const options = z.strictObject({
  tau: z
    .number()
    .positive('must be > 0 (eq. 13)')
    .default(0.1)
    .describe('Temperature τ > 0 of the negatives, as SL’s.'),
});

/**
 * Eq. 5 less the variance of eq. 13, mean over rows.
 * @param scores positive [B, M] and negative [B, N], float32, cosine in the paper
 * @param tau τ > 0, in the scores' unit
 */
export function softmaxLossWithoutVariance(scores: Pick<Scores, 'positive' | 'negative'>, tau: number): tf.Scalar {
  const { variance } = tf.moments(scores.negative, 1); // (B)
  return tf.sub(softmaxLoss(scores, tau), tf.div(tf.mean(variance), 2 * tau));
}

export const slWithoutVariance: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'sl-without-variance',
  summary: 'Softmax loss less the variance of the negatives’ scores: an ablation, to see what that term does.',
  source: 'Wu et al., ICDE 2024, eq. 13, Figure 5',
  options,
  create: ({ tau }) => ({
    name: 'sl-without-variance',
    needs: {
      positives: { least: 1, usual: 1 },
      negatives: { least: 1, usual: 800 },
      inBatch: true,
      labelled: false,
      similarity: 'cosine',
    },
    gradient: 'exact',
    compute: (scores) => softmaxLossWithoutVariance(scores, tau),
    inspect: ({ negative }) => ({
      negativeWeights: worstCase(negative, tau), // (B, N)
      radius: robustnessRadius(negative, tau), // (B)
    }),
  }),
};
