/**
 * MINE, the mutual information neural estimator (Belghazi et al., ICML 2018) as a loss for recommendation. Jin & Li,
 * "(Debiased) Contrastive Learning Loss for Recommendation", 2023, eq. 10:
 *
 *     L = −E_u E_{i∼p_u⁺} [ ŷ_ui − log Σ_{j=1}^N exp(ŷ_uj) ]
 *
 * ŷ = s(u,i)/t. It is InfoNCE without the positive in the denominator. Eq. 9 has the mean in place of the sum: log N less.
 * Deviation: the temperature; t = 1 is eq. 10 as printed.
 */
import { logSumExp, softmax } from '@losslab/backend/ops';
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { temperatureOption } from './temperature.ts';

const options = z.strictObject({ t: temperatureOption('eq. 10') });

/**
 * Eq. 10, mean over rows and positives.
 * @param scores positive [B, M] and negative [B, N], float32, cosine or inner product
 * @param t > 0, in the scores' unit
 */
export function mineLoss({ positive, negative }: Pick<Scores, 'positive' | 'negative'>, t: number): tf.Scalar {
  return tf.sub(tf.mean(logSumExp(negative, t)), tf.div(tf.mean(positive), t));
}

export const mine: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'mine',
  summary: 'MINE: mutual information neural estimation, InfoNCE without the positive in its denominator.',
  source: 'Jin & Li, 2023, eq. 10; Belghazi et al., ICML 2018',
  options,
  create: ({ t }) => ({
    name: 'mine',
    needs: {
      positives: { least: 1, usual: 1 },
      negatives: { least: 1, usual: 800 },
      inBatch: true,
      labelled: false,
      similarity: 'cosine',
    },
    gradient: 'exact',
    compute: (scores) => mineLoss(scores, t),
    inspect: ({ negative }) => ({ negativeWeights: softmax(tf.div(negative, t)) }), // (B, N)
  }),
};
