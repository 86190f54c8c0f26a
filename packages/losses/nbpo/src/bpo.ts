/**
 * BPO, Bayesian point-wise optimisation. Yu & Qin, "Sampler Design for Implicit Feedback Data by Noisy-label Robust
 * Learning", SIGIR 2020, eq. 3-4:
 *
 *     L = −Σ_{(u,i)∈R} ln σ(R̂_ui) − Σ_{(u,i)∉R} ln σ(−R̂_ui)
 *
 * The sums are over a row's positive and its ρ negatives, and the loss is the mean over the batch's rows.
 * Deviation: eq. 4's λ_Θ ‖Θ‖²/2 is left to weight decay.
 */
import { logSigmoid } from '@losslab/backend/ops';
import type { LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { referenceRegime } from './regime.ts';
import { minusSum, type PairScores, pointwiseNeeds } from './terms.ts';

const options = z.strictObject({});

/**
 * Eq. 4, mean over rows.
 * @param scores R̂ of positive [B, M] and negative [B, N] pairs, float32, inner products
 */
export function bpoLoss({ positive, negative }: PairScores): tf.Scalar {
  return minusSum(logSigmoid(positive), logSigmoid(tf.neg(negative)));
}

export const bpo: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'bpo',
  summary: 'Bayesian point-wise optimisation: the logistic likelihood of observed labels, every pair alike.',
  source: 'Yu & Qin, SIGIR 2020, eq. 3-4',
  options,
  regimes: { reference: referenceRegime },
  create: () => ({ name: 'bpo', needs: pointwiseNeeds, gradient: 'exact', compute: bpoLoss }),
};
