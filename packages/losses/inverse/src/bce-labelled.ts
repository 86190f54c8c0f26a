/**
 * BCE on labelled pairs alone, the row "None" of Tables 1 and 2. Lin et al., WSDM 2024, eq. 1:
 *
 *     L = 1/|Dˡ| · Σ_{(u,i,y) ∈ Dˡ} ℓ(ŷ_ui, y)
 */
import type { LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { logLoss, twoParts, twoPartsNeeds } from './two-parts.ts';

const options = z.strictObject({});

/**
 * Eq. 1, mean over labelled pairs.
 * @param scores [L], float32, inner products
 * @param labels [L], 0 or 1
 */
export function labelledLoss(scores: tf.Tensor1D, labels: tf.Tensor1D): tf.Scalar {
  return tf.mean(logLoss(scores, labels));
}

export const bceLabelled: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'bce-labelled',
  summary: 'Binary cross-entropy on labelled pairs; unlabelled ones are not used.',
  source: 'Lin et al., WSDM 2024, eq. 1',
  options,
  create: () => ({
    name: 'bce-labelled',
    needs: { ...twoPartsNeeds, negatives: { least: 0, most: 0, usual: 0, source: 'eq. 1' } },
    gradient: 'exact',
    compute: (scores, batch) => twoParts(scores, batch, { labelled: labelledLoss, unlabelled: () => tf.scalar(0) }),
  }),
};
