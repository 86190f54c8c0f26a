/**
 * SL, the sampled softmax loss. Wu et al., "BSL: Understanding and Improving Softmax Loss for Recommendation",
 * ICDE 2024, eq. 5:
 *
 *     L = −E_{i∼P⁺} [ s(u,i) ] + τ · log E_{j∼P⁻} [ exp(s(u,j)/τ) ]
 *
 * E over P⁺ and P⁻ are means over the row's M positives and N negatives; the loss is the mean over the batch's rows.
 * This is τ times the softmax loss of eq. 4, less the constant τ·log N: mind it when tuning L2 or the learning rate.
 */
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { logExpectationExp, robustnessRadius, worstCase } from './expectation.ts';

const options = z.strictObject({
  tau: z
    .number()
    .positive('must be > 0 (eq. 5)')
    .default(0.1)
    .describe('Temperature τ > 0 of the negatives: the smaller, the more the hardest count. Paper: 0.05 to 1.'),
});

/**
 * Eq. 5, mean over rows.
 * @param scores positive [B, M] and negative [B, N], float32, cosine in the paper
 * @param tau τ > 0, in the scores' unit
 */
export function softmaxLoss({ positive, negative }: Pick<Scores, 'positive' | 'negative'>, tau: number): tf.Scalar {
  return tf.sub(tf.mean(logExpectationExp(negative, tau)), tf.mean(positive));
}

export const sl: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'sl',
  summary: 'Softmax loss over sampled negatives, robust to false negatives and fair to rare items.',
  source: 'Wu et al., ICDE 2024, eq. 5',
  options,
  create: ({ tau }) => ({
    name: 'sl',
    needs: {
      positives: { least: 1, usual: 1 },
      negatives: { least: 1, usual: 800 },
      inBatch: true,
      labelled: false,
      similarity: 'cosine',
    },
    gradient: 'exact',
    compute: (scores) => softmaxLoss(scores, tau),
    inspect: ({ negative }) => ({
      negativeWeights: worstCase(negative, tau), // (B, N)
      radius: robustnessRadius(negative, tau), // (B)
    }),
  }),
};
