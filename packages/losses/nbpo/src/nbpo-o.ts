/**
 * NBPO-o, the ablation of Figure 9: the likelihood itself, with its own gradient. Yu & Qin, SIGIR 2020, eq. 6:
 *
 *     L = −Σ_{(u,i)∈R} ln[ σ(−Γ̂_ui) σ(R̂_ui) ] − Σ_{(u,i)∉R} ln[ σ(−R̂_ui) + σ(Γ̂_ui) σ(R̂_ui) ]
 *
 * Mean over rows; λ_Γ and λ_Θ are left to weight decay.
 */
import { logSigmoid, logSumExp } from '@losslab/backend/ops';
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { inspectFlips } from './flips.ts';
import { gammaOf, noiseNeeds, noiseOptions } from './noise-model.ts';
import { referenceRegime } from './regime.ts';
import { minusSum } from './terms.ts';

const options = z.strictObject(noiseOptions);

/**
 * Eq. 6, mean over rows.
 * @param scores R̂ of positive [B, M] and negative [B, N] pairs, and in `auxiliary.gamma` Γ̂ of the same
 */
export function nbpoLikelihoodLoss(scores: Scores): tf.Scalar {
  const { positive, negative } = scores;
  const gamma = gammaOf(scores);
  const voted = tf.add(logSigmoid(tf.neg(gamma.positive)), logSigmoid(positive)); // (B, M)
  const disliked = logSigmoid(tf.neg(negative)); // ln σ(−R̂), (B, N)
  const missed = tf.add(logSigmoid(gamma.negative), logSigmoid(negative)); // ln σ(Γ̂)σ(R̂), (B, N)
  return minusSum(voted as tf.Tensor2D, logSumExp(tf.stack([disliked, missed], 2)));
}

export const nbpoO: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'nbpo-o',
  summary: 'NBPO’s likelihood with its plain gradient: an ablation.',
  source: 'Yu & Qin, SIGIR 2020, eq. 6, §5.4',
  options,
  regimes: { reference: referenceRegime },
  create: (chosen) => ({
    name: 'nbpo-o',
    needs: noiseNeeds(chosen),
    gradient: 'exact',
    compute: nbpoLikelihoodLoss,
    inspect: inspectFlips,
  }),
};
