/**
 * NBPO, noisy-label robust BPO. Yu & Qin, "Sampler Design for Implicit Feedback Data by Noisy-label Robust Learning", SIGIR
 * 2020. The surrogate likelihood L_s of eq. 8 (likelihood.ts) is maximised by the surrogate gradient of eq. 9, which is the
 * gradient of no function: wherever eq. 8 has σ(x), ∂ ln σ(x)/∂x = σ(−x) stands for its derivative.
 *
 *     ∇_R̂:  voted  σ(−Γ̂) σ(−R̂),   unvoted  −σ(R̂) + σ(Γ̂) σ(−R̂)
 *     ∇_Γ̂:  voted  −σ(Γ̂) σ(R̂),    unvoted  σ(−Γ̂) σ(R̂)                                            (eq. 9)
 *
 * Γ̂ = PQᵀ is the loss's own model (noise-model.ts); with L = 0 it is 0, and negatives go to σ⁻¹(1/3) (eq. 11).
 * Deviation: the mean over the batch's rows, where eq. 8 sums over all pairs.
 * Deviation: λ_Θ ‖Θ‖²/2 and λ_Φ ‖Φ‖²/2 are left to weight decay.
 */
import { surrogateSigmoid } from '@losslab/backend/ops';
import type { LossDefinition } from '@losslab/core';
import type * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { inspectFlips } from './flips.ts';
import { surrogateLikelihoodLoss } from './likelihood.ts';
import { noiseNeeds, noiseOptions } from './noise-model.ts';
import { referenceRegime } from './regime.ts';
import { saturated } from './saturation.ts';
import { surrogateGradient } from './surrogate.ts';

const options = z.strictObject({
  ...noiseOptions,
  saturation: z
    .number()
    .positive('must be > 0')
    .optional()
    .describe('σ(x) counts as 0 or 1 beyond ±saturation; absent: nowhere. Code: 10.'),
});

export const nbpo: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'nbpo',
  summary: 'NBPO: point-wise likelihood with a learnt chance for every unvoted pair to be a missed positive.',
  source: 'Yu & Qin, SIGIR 2020, eq. 8-11',
  options,
  regimes: { reference: { ...referenceRegime, loss: { saturation: 10 } } },
  create({ saturation = Number.POSITIVE_INFINITY, ...noise }) {
    const sigma = (x: tf.Tensor2D): tf.Tensor2D =>
      surrogateSigmoid(saturation === Number.POSITIVE_INFINITY ? x : saturated(x, saturation));
    return {
      name: 'nbpo',
      needs: noiseNeeds(noise),
      gradient: (scores, { users }) => surrogateGradient(scores, users.length, saturation),
      compute: (scores) => surrogateLikelihoodLoss(scores, sigma),
      inspect: inspectFlips,
    };
  },
};
