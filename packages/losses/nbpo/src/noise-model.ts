/**
 * Γ̂ = PQᵀ, the noise model: σ(Γ̂_ui) = p(R̃_ui = 0 | R_ui = 1) is how likely user u's liking of item i is to go unseen. Yu & Qin,
 * SIGIR 2020, §4.1 and §4.3. A model of the loss's own: the trainer makes, trains and saves it, with λ_Φ for its weight decay.
 *
 * P starts uniform in [0, 5/√L) and Q in (−5/√L, 0], as in the authors' code; the paper does not say. So Γ̂ starts at −6.25 on
 * average, and labels are trusted at first.
 */
import type { LossNeeds, ModelSpec, PlainScores, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { type PairScores, pointwiseNeeds } from './terms.ts';

export const noiseOptions = {
  L: z
    .int('must be a whole number >= 0 (§4.3)')
    .min(0, 'must be a whole number >= 0 (§4.3)')
    .default(10)
    .describe(
      'L ≥ 0, dimension of the noise model Γ̂ = PQᵀ; 0 is eq. 11, without one. Paper: 10 (Amazon), 500 (MovieLens).',
    ),
  lambda: z
    .number()
    .nonnegative('must be >= 0 (eq. 8)')
    .optional()
    .describe('λ_Φ ≥ 0, weight decay of P and Q; absent: the run’s own, λ_Θ. Paper: 5 (Amazon), 0.1 (MovieLens).'),
};
const schema = z.strictObject(noiseOptions);
export type NoiseOptions = z.output<typeof schema>;

/** The needs of a loss with Γ̂; without it where L = 0. */
export function noiseNeeds({ L, lambda }: NoiseOptions): LossNeeds {
  if (L === 0) return pointwiseNeeds;
  const bound = 5 / Math.sqrt(L);
  const gamma: ModelSpec = {
    model: 'mf',
    options: {
      dimension: L,
      similarity: 'dot',
      initialiser: 'uniform',
      userRange: [0, bound],
      itemRange: [0, -bound],
    },
    ...(lambda !== undefined && { optimizer: { weightDecay: lambda } }),
  };
  return { ...pointwiseNeeds, auxiliary: { gamma } };
}

/** Γ̂ of the batch's pairs; 0 throughout where L = 0. */
export function gammaOf({ positive, negative, auxiliary }: Scores): PairScores {
  return auxiliary?.gamma ?? { positive: tf.zerosLike(positive), negative: tf.zerosLike(negative) };
}

/** The same in float64. */
export function plainGammaOf({ positive, negative, auxiliary }: PlainScores): PlainScores {
  const zeros = (like: Float64Array): Float64Array => new Float64Array(like.length);
  return auxiliary?.gamma ?? { positive: zeros(positive), negative: zeros(negative) };
}
