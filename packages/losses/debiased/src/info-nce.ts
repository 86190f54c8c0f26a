/**
 * InfoNCE. Jin & Li, "(Debiased) Contrastive Learning Loss for Recommendation", 2023, eq. 4 (eq. 3 with j ∼ p_u⁻):
 *
 *     L = −E_u E_{i∼p_u⁺} log [ exp(ŷ_ui) / ( exp(ŷ_ui) + Σ_{j=1}^N exp(ŷ_uj) ) ]  =  E softplus( log Σ_j exp(ŷ_uj) − ŷ_ui )
 *
 * ŷ = s(u,i)/t. E over p_u⁺ is the mean over the row's M positives, each against the same N negatives.
 * Deviation: the temperature; t = 1 is eq. 4 as printed.
 */
import { logSumExp, softmax, softplus } from '@losslab/backend/ops';
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { temperatureOption } from './temperature.ts';

const options = z.strictObject({ t: temperatureOption('eq. 4') });

/**
 * Eq. 4, mean over rows and positives.
 * @param scores positive [B, M] and negative [B, N], float32, cosine or inner product
 * @param t > 0, in the scores' unit
 */
export function infoNceLoss({ positive, negative }: Pick<Scores, 'positive' | 'negative'>, t: number): tf.Scalar {
  return tf.mean(softplus(tf.sub(tf.expandDims(logSumExp(negative, t), 1), tf.div(positive, t))));
}

export const infoNce: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'info-nce',
  summary: 'InfoNCE: the positive told from sampled items by cross-entropy, itself among the candidates.',
  source: 'Jin & Li, 2023, eq. 4',
  options,
  create: ({ t }) => ({
    name: 'info-nce',
    needs: {
      positives: { least: 1, usual: 1 },
      negatives: { least: 1, usual: 800 },
      inBatch: true,
      labelled: false,
      similarity: 'cosine',
    },
    gradient: 'exact',
    compute: (scores) => infoNceLoss(scores, t),
    inspect: ({ negative }) => ({ negativeWeights: softmax(tf.div(negative, t)) }), // (B, N)
  }),
};
