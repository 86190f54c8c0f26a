/**
 * The debiased point-wise loss. Jin & Li, "(Debiased) Contrastive Learning Loss for Recommendation", 2023, eq. 22, the
 * empirical form of eq. 21:
 *
 *     L = E [ τ_u⁺ l⁺(ŷ_ui) + λ ( 1/N Σ_{j∼p_u} l⁻(ŷ_uj) − τ_u⁺ · 1/M Σ_{k∼p_u⁺} l⁻(ŷ_uk) ) ]
 *
 * The positives' expected share is taken out of the loss of items drawn from all. Column 0 of the positives is i, the
 * others are the k.
 * Deviation: the sentence before eq. 22 calls the positives N and the negatives M; the equation itself has it as here.
 */
import type { Batch, DataFacts, Loss, Scores, Similarity } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { debiasedPositives, splitPositives } from './further-positives.ts';
import { type Prior, positivePriors, priorOfRows, priorOptions } from './positive-prior.ts';
import type { SinglePointwise } from './single-pointwise.ts';

export const debiasedPointwiseOptions = {
  lambda: z
    .number()
    .nonnegative('must be >= 0 (eq. 22)')
    .default(0.7)
    .describe(
      'Weight λ ≥ 0 of the negative part; λ/τ_u⁺ is the plain loss’s w or c. Paper: 0.4 to 0.7 for CCL (Table 5).',
    ),
  ...priorOptions,
};

/**
 * Eq. 22, mean over rows.
 * @param single l⁺ and l⁻
 * @param scores positive [B, 1 + M] and negative [B, N], float32
 * @param prior τ_u⁺ of each row [B]
 */
export function debiasedPointwiseLoss(
  single: SinglePointwise,
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  prior: tf.Tensor1D,
  lambda: number,
): tf.Scalar {
  const { observed, further } = splitPositives(positive);
  const liked = tf.mul(prior, single.positive(observed)); // (B)
  const unlabelled = tf.mean(single.negative(negative), 1); // (B)
  const likedAmong = tf.mul(prior, tf.mean(single.negative(further), 1)); // (B)
  return tf.mean(tf.add(liked, tf.mul(lambda, tf.sub(unlabelled, likedAmong))));
}

/** Eq. 22 with these single losses, as a loss of this name. */
export function debiasedPointwise(
  name: string,
  similarity: Similarity,
  single: SinglePointwise,
  options: Prior & { readonly lambda: number },
  facts: DataFacts,
): Loss {
  const priors = positivePriors(options, facts, `loss ${name}`);
  return {
    name,
    needs: {
      positives: debiasedPositives,
      negatives: { least: 1, usual: 800 },
      inBatch: false,
      labelled: false,
      similarity,
    },
    gradient: 'exact',
    compute: (scores, { users }) => debiasedPointwiseLoss(single, scores, priorOfRows(priors, users), options.lambda),
    inspect: (_, { users }: Batch) => ({ positivePrior: priorOfRows(priors, users) }), // (B)
  };
}
