/**
 * NS, negative sampling: sampled unlabelled pairs count as negative. Lin et al., WSDM 2024, §2:
 *
 *     L = L_Dˡ(θ) + L_Dᵘ(θ),     ỹ_ui = 0 for (u,i) ∈ Dᵘ
 */
import type { LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { labelledLoss } from './bce-labelled.ts';
import { logLoss, twoParts, twoPartsNeeds } from './two-parts.ts';

const options = z.strictObject({});

/**
 * L_Dᵘ with every label 0, mean over pairs.
 * @param scores [B, N], float32, inner products
 */
export function asNegative(scores: tf.Tensor2D): tf.Scalar {
  return tf.mean(logLoss(scores, 0));
}

export const ns: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'ns',
  summary: 'Binary cross-entropy on labelled pairs, and on sampled unlabelled ones as negatives.',
  source: 'Lin et al., WSDM 2024, §2',
  options,
  create: () => ({
    name: 'ns',
    needs: twoPartsNeeds,
    gradient: 'exact',
    compute: (scores, batch) => twoParts(scores, batch, { labelled: labelledLoss, unlabelled: asNegative }),
  }),
};
