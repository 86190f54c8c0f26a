/**
 * Debiased InfoNCE, also called DCL. Jin & Li, "(Debiased) Contrastive Learning Loss for Recommendation", 2023, eq. 6
 * and 7, after Chuang et al., "Debiased Contrastive Learning", NeurIPS 2020:
 *
 *     L = −E log [ exp(ŷ_ui) / ( exp(ŷ_ui) + λ f ) ]  =  E softplus( log λ + log f − ŷ_ui )
 *     f = max { ( E_{j∼p_u} exp(ŷ_uj) − τ_u⁺ · E_{k∼p_u⁺} exp(ŷ_uk) ) / τ_u⁻,  e^(−1/t) }
 *
 * ŷ = s(u,i)/t of cosines s, whose exponential is e^(−1/t) at least. Column 0 of the positives is i, the others are the k;
 * the j are drawn from all items, the user's own included. Everything stays in log space.
 * Deviation: eq. 7 prints the floor e^(1/t); the text below it, and Chuang et al., have e^(−1/t).
 * Deviation: eq. 7 divides no score by t, but its floor is that of scores so divided.
 */
import { logMeanExp, softplus, stopGradient } from '@losslab/backend/ops';
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { debiasedPositives, splitPositives } from './further-positives.ts';
import { positivePriors, priorOfRows, priorOptions } from './positive-prior.ts';
import { temperatureOption } from './temperature.ts';

const options = z.strictObject({
  t: temperatureOption('eq. 7'),
  lambda: z
    .number()
    .positive('must be > 0 (eq. 7)')
    .default(800)
    .describe('Weight λ > 0 of the mean f; N makes it InfoNCE’s sum. Paper: in the order of N, hundreds (§4.4).'),
  ...priorOptions,
});

/**
 * log f of eq. 7 [B].
 * @param unlabelled s(u,j) [B, N]
 * @param positives s(u,k) [B, M]
 * @param prior τ_u⁺ [B], in (0, 1)
 * @param t > 0; −1/t is the least that log f may be
 */
export function logDebiasedMean(
  unlabelled: tf.Tensor2D,
  positives: tf.Tensor2D,
  prior: tf.Tensor1D,
  t: number,
): tf.Tensor1D {
  const floor = -1 / t;
  const all = logMeanExp(unlabelled, t); // (B), log E_{j∼p_u}
  const gap = tf.sub<tf.Tensor1D>(all, tf.add(tf.log(prior), logMeanExp(positives, t))); // (B)
  const isPositive = tf.greater(stopGradient(gap), 0);
  const safe = tf.where(isPositive, gap, tf.onesLike(gap)); // log(1 − e⁰) and its slope are infinite
  const share = tf.log(tf.neg(tf.expm1(tf.neg(safe)))); // log(1 − e^(−gap))
  const estimate = tf.sub(tf.add(all, share), tf.log(tf.sub(1, prior)));
  return tf.maximum(tf.where(isPositive, estimate, tf.fill([prior.size], floor)), floor);
}

/**
 * Eq. 7, mean over rows.
 * @param scores positive [B, 1 + M] and negative [B, N], float32, cosine
 * @param prior τ_u⁺ of each row [B]
 */
export function debiasedInfoNceLoss(
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  prior: tf.Tensor1D,
  { t, lambda }: { readonly t: number; readonly lambda: number },
): tf.Scalar {
  const { observed, further } = splitPositives(positive);
  const logF = logDebiasedMean(negative, further, prior, t);
  return tf.mean(softplus(tf.sub(tf.add(logF, Math.log(lambda)), tf.div(observed, t))));
}

export const debiasedInfoNce: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'debiased-info-nce',
  summary: 'Debiased InfoNCE (DCL): takes the positives’ expected share out of the sampled items’ mean.',
  source: 'Jin & Li, 2023, eq. 6-7; Chuang et al., NeurIPS 2020',
  options,
  create(chosen, facts) {
    const priors = positivePriors(chosen, facts, 'loss debiased-info-nce');
    return {
      name: 'debiased-info-nce',
      needs: {
        positives: debiasedPositives,
        negatives: { least: 1, usual: 800 },
        inBatch: false,
        labelled: false,
        similarity: 'cosine',
      },
      gradient: 'exact',
      compute: (scores, { users }) => debiasedInfoNceLoss(scores, priorOfRows(priors, users), chosen),
      inspect({ positive, negative }, { users }) {
        const prior = priorOfRows(priors, users);
        const { further } = splitPositives(positive);
        return { positivePrior: prior, logDebiasedMean: logDebiasedMean(negative, further, prior, chosen.t) };
      },
    };
  },
};
