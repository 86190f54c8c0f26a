/**
 * BPR. Rendle, Freudenthaler, Gantner, Schmidt-Thieme: "BPR: Bayesian Personalized Ranking from Implicit Feedback",
 * UAI 2009, §4.1 (BPR-Opt). As eq. 3 of Wu et al., "BSL", ICDE 2024:
 *
 *     L = −E_{i∼P⁺, j∼P⁻} [ ln σ(s(u,i) − s(u,j)) ],     −ln σ(x) = softplus(−x)
 *
 * Deviation: the mean over the batch's B·M·N triples, where BPR-Opt is the sum over all triples.
 * Deviation: BPR-Opt's λ‖Θ‖² is left to the model's penalty or to weight decay.
 */
import { softplus } from '@losslab/backend/ops';
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({});

/**
 * Mean of −ln σ(s⁺ − s⁻) over every positive and negative of a row, and over rows.
 * @param scores positive [B, M] and negative [B, N], float32, any similarity
 */
export function bprLoss({ positive, negative }: Pick<Scores, 'positive' | 'negative'>): tf.Scalar {
  const M = positive.shape[1];
  const columns = M === 1 ? [positive] : tf.split(positive, M, 1); // each (B, 1)
  const losses = columns.map((column) => tf.mean<tf.Scalar>(softplus(tf.sub(negative, column))));
  return M === 1 ? losses[0]! : tf.mean(tf.stack(losses));
}

export const bpr: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'bpr',
  summary: 'Pairwise logistic loss: each positive should score higher than each negative.',
  source: 'Rendle et al., UAI 2009, §4.1',
  options,
  create: () => ({
    name: 'bpr',
    needs: {
      positives: { least: 1, usual: 1 },
      negatives: { least: 1, usual: 1 },
      inBatch: true,
      labelled: false,
      similarity: 'dot',
    },
    gradient: 'exact',
    compute: bprLoss,
  }),
};
