/**
 * BSL, the bilateral softmax loss. Wu et al., "BSL: Understanding and Improving Softmax Loss for Recommendation",
 * ICDE 2024, eq. 18:
 *
 *     L = −τ₁ · log E_{i∼P⁺} [ exp(s(u,i)/τ₁) ] + τ₂ · log E_{j∼P⁻} [ exp(s(u,j)/τ₂) ]
 *
 * E over P⁺ and P⁻ are means over the row's M positives and N negatives; the loss is the mean over the batch's rows.
 * P⁺ is uniform over the user's positives, so M > 1 is wanted: with M = 1, τ₁ cancels and this is SL with τ₂.
 * Deviation: Algorithm 1's exponent τ₁/τ₂ and its missing mean contradict eq. 18, which is followed here.
 * Deviation: the paper gives no M; `usual` is ours. What its authors' code does is `bsl-reference`.
 */
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { logExpectationExp, robustnessRadius, worstCase } from './expectation.ts';

const temperature = z.number().positive('must be > 0 (eq. 18)').default(0.1);

const options = z.strictObject({
  tau1: temperature.describe(
    'Temperature τ₁ > 0 of the positives: a small one trusts the best-scoring, a large one all alike. Paper: 0.05 to 1.',
  ),
  tau2: temperature.describe('Temperature τ₂ > 0 of the negatives, SL’s τ. Paper: 0.05 to 1.'),
});

/**
 * Eq. 18, mean over rows.
 * @param scores positive [B, M] and negative [B, N], float32, cosine in the paper
 * @param options τ₁ and τ₂ > 0, in the scores' unit
 */
export function bilateralSoftmaxLoss(
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  { tau1, tau2 }: { readonly tau1: number; readonly tau2: number },
): tf.Scalar {
  return tf.sub(tf.mean(logExpectationExp(negative, tau2)), tf.mean(logExpectationExp(positive, tau1)));
}

export const bsl: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'bsl',
  summary: 'Bilateral softmax loss: softmax loss that is robust to false positives too. Wants M > 1.',
  source: 'Wu et al., ICDE 2024, eq. 18',
  options,
  create: ({ tau1, tau2 }) => ({
    name: 'bsl',
    needs: {
      positives: { least: 1, usual: 4 },
      negatives: { least: 1, usual: 800 },
      inBatch: true,
      labelled: false,
      similarity: 'cosine',
    },
    gradient: 'exact',
    compute: (scores) => bilateralSoftmaxLoss(scores, { tau1, tau2 }),
    inspect: ({ positive, negative }) => ({
      positiveWeights: worstCase(positive, tau1), // (B, M)
      negativeWeights: worstCase(negative, tau2), // (B, N)
      radius: robustnessRadius(negative, tau2), // (B)
    }),
  }),
};
