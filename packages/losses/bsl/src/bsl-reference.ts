/**
 * BSL as its authors' code trains it, which is not eq. 18 of the paper (Wu et al., ICDE 2024). One temperature τ on
 * both sides, and a weight w on the negative part:
 *
 *     reweight:  L = −s⁺/τ + w · log Σ_j exp(s⁻_j/τ)
 *     multi:     L = −log E_{b': u_b' = u_b} [ exp(s⁺_b'/τ) ] + w · log E_j [ exp(s⁻_j/τ) ]
 *
 * Means over the batch's rows b. With w = 1, `reweight` is SL/τ + log N.
 * Deviation from eq. 18: not multiplied by τ, so the same L2 weighs 1/τ times less against it.
 * Deviation from eq. 18: w stands where τ₂/τ₁ would.
 * Deviation from eq. 18: `reweight` sums over negatives, and its positive part is SL's.
 * Deviation from eq. 18: `multi` takes P⁺ to be the observed positives of the same user in the batch, itself included.
 * Ours: with M > 1, E over P⁺ runs over the M columns too; the code has M = 1.
 */
import { logMeanExp, logSumExp } from '@losslab/backend/ops';
import type { Batch, LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { logMeanExpByUser } from './by-user.ts';
import { robustnessRadius, worstCase } from './expectation.ts';

const options = z.strictObject({
  variant: z
    .enum(['reweight', 'multi'])
    .default('multi')
    .describe('Which of the code’s modes: `multi` averages over a user’s rows in the batch.'),
  tau: z
    .number()
    .positive('must be > 0 (the τ of both exponentials)')
    .default(0.11)
    .describe('Temperature τ > 0 of both sides. Code: 0.08 to 0.30.'),
  w: z
    .number()
    .positive('must be > 0 (the weight of the negative part)')
    .default(1.1)
    .describe('Weight w > 0 of the negative part; 1 makes `reweight` SL. Code: 0.80 to 1.32.'),
});

/**
 * The code's loss, mean over rows.
 * @param scores positive [B, M] and negative [B, N], float32, cosine
 * @param users [B]; rows of one user share their positives in `multi`
 */
export function bslReferenceLoss(
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  users: Int32Array,
  { variant, tau, w }: z.output<typeof options>,
): tf.Scalar {
  if (variant === 'reweight') {
    return tf.sub(tf.mul(w, tf.mean(logSumExp(negative, tau))), tf.div(tf.mean(positive), tau));
  }
  return tf.sub(tf.mul(w, tf.mean(logMeanExp(negative, tau))), logMeanExpByUser(positive, tau, users));
}

export const bslReference: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'bsl-reference',
  summary: 'BSL as its authors’ code has it: one temperature, and a weight on the negative part.',
  source: 'The code published with Wu et al., ICDE 2024',
  options,
  create: (chosen) => ({
    name: 'bsl-reference',
    needs: {
      positives: { least: 1, usual: 1 },
      negatives: { least: 1, usual: 800 },
      inBatch: true,
      labelled: false,
      similarity: 'cosine',
    },
    gradient: 'exact',
    compute: (scores: Scores, batch: Batch) => bslReferenceLoss(scores, batch.users, chosen),
    inspect: ({ negative }) => ({
      negativeWeights: worstCase(negative, chosen.tau), // (B, N)
      radius: robustnessRadius(negative, chosen.tau), // (B)
    }),
  }),
};
