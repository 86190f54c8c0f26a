/**
 * ShiftMC, shifted matrix completion: one flip rate ρ = p(R̃ = 0 | R = 1) for all pairs. Hsieh, Natarajan, Dhillon, "PU Learning
 * for Matrix Completion", ICML 2015 (ShiftMC); the strongest baseline of Yu & Qin, SIGIR 2020. The squared error's unbiased
 * estimate from flipped labels:
 *
 *     ℓ̃(s, 1) = [ (s − 1)² − ρ s² ] / (1 − ρ),     ℓ̃(s, 0) = s²
 *
 * ℓ̃(s, 1) is (s − 1/(1 − ρ))² less ρ/(1 − ρ)²: the positives' target is shifted from 1 up to 1/(1 − ρ).
 * Deviation: the sum over a row's positive and its N drawn negatives, and the mean over rows; theirs is over the whole matrix.
 * Deviation: the nuclear norm is left to the weight decay of the factors.
 * Yu & Qin say neither which ρ nor which ℓ they took.
 */
import type { LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { referenceRegime } from './regime.ts';
import { type PairScores, pointwiseNeeds } from './terms.ts';

const options = z.strictObject({
  flipRate: z
    .number()
    .min(0, 'must be in [0, 1) (Hsieh et al., ShiftMC)')
    .lt(1, 'must be in [0, 1) (Hsieh et al., ShiftMC)')
    .default(0.5)
    .describe('ρ in [0, 1), share of the liked pairs that went unseen, the same for all; 0 is plain least squares.'),
});

/**
 * ℓ̃ of all pairs, mean over rows.
 * @param scores positive [B, M] and negative [B, N], float32, inner products
 * @param flipRate ρ in [0, 1)
 */
export function shiftedSquaredError({ positive, negative }: PairScores, flipRate: number): tf.Scalar {
  const shifted = tf.square(tf.sub(positive, 1 / (1 - flipRate)));
  const constant = (flipRate / (1 - flipRate) ** 2) * positive.size;
  return tf.div(tf.sub(tf.add(tf.sum(shifted), tf.sum(tf.square(negative))), constant), positive.shape[0]);
}

export const shiftMc: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'shift-mc',
  summary: 'Shifted matrix completion: squared error with the positives’ target moved by one flip rate for all.',
  source: 'Hsieh et al., ICML 2015; Yu & Qin, SIGIR 2020, §5.1.2',
  options,
  regimes: { reference: referenceRegime },
  create: ({ flipRate }) => ({
    name: 'shift-mc',
    needs: pointwiseNeeds,
    gradient: 'exact',
    compute: (scores) => shiftedSquaredError(scores, flipRate),
  }),
};
