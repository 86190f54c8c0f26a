/**
 * τ_u⁺, the share of all items that user u likes, known or not. Jin & Li, 2023, §2.2 (below eq. 5), defines it twice:
 *
 *     top-k:         τ_u⁺ = (|I_u⁺| + K) / |I|          the known positives, and K more
 *     proportional:  τ_u⁺ = (1 + α) |I_u⁺| / |I|        α unknown positives for each known one
 */
import { type DataFacts, LosslabError } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

export const priorOptions = {
  prior: z
    .enum(['top-k', 'proportional'])
    .default('top-k')
    .describe('Definition of τ_u⁺: `top-k`, the known positives and K more; `proportional`, 1 + α for each known one.'),
  K: z
    .number()
    .nonnegative('must be >= 0 (τ_u⁺ = (|I_u⁺| + K)/|I|)')
    .default(20)
    .describe('K ≥ 0 of `top-k`: unknown positives of each user. The paper gives none; 20 is the length of its lists.'),
  alpha: z
    .number()
    .nonnegative('must be >= 0 (τ_u⁺ = (1 + α)|I_u⁺|/|I|)')
    .default(0)
    .describe('α ≥ 0 of `proportional`: unknown positives for each known one. The paper gives none.'),
};

export interface Prior {
  readonly prior: 'top-k' | 'proportional';
  readonly K: number;
  readonly alpha: number;
}

/**
 * τ_u⁺ [users] by the degrees of the training data.
 * @param where the loss, for errors: `loss debiased-ccl`
 * @throws LosslabError `bad-option` where a user with interactions has τ_u⁺ outside (0, 1); `bad-data` where that is
 *   because the user has every item, and no option can help.
 */
export function positivePriors({ prior, K, alpha }: Prior, facts: DataFacts, where: string): Float32Array {
  const { userDegrees, itemCount } = facts;
  return Float32Array.from(userDegrees, (degree, user) => {
    const tau = prior === 'top-k' ? (degree + K) / itemCount : ((1 + alpha) * degree) / itemCount;
    if (degree === 0 || Math.fround(tau) < 1) return tau;
    const hasAll = degree === itemCount;
    const option = prior === 'top-k' ? 'K' : 'alpha';
    const remedy = hasAll ? 'leave such users out of the data' : `lower ${option}, or leave such users out`;
    const got = `${tau} for user ${user}, who has ${degree} of ${itemCount} items`;
    throw new LosslabError(
      hasAll ? 'bad-data' : 'bad-option',
      `[${where}] expected τ_u⁺ in (0, 1) (eq. 5, ${prior}), got ${got}; ${remedy}`,
      { where: option },
    );
  });
}

/** τ_u⁺ of a batch's rows, [B]. */
export function priorOfRows(priors: Float32Array, users: Int32Array): tf.Tensor1D {
  return tf.tensor1d(Float32Array.from(users, (user) => priors[user]!));
}
