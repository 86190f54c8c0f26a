/**
 * TODO: the loss's name. Authors, "Title of the paper", venue and year, eq. 1:
 *
 *     L = E_{i∼P⁺, j∼P⁻} [ softplus( m + s(u,j) − s(u,i) ) ]
 *
 * E over P⁺ and P⁻ are means over the row's M positives and N negatives; the loss is the mean over the batch's rows.
 * Deviation: each one on a line of its own, such as a mean where the paper has a sum.
 */
import { softplus } from '@losslab/backend/ops';
import type { LossDefinition, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({
  m: z
    .number()
    .min(0, 'must be >= 0 (eq. 1)')
    .default(0.5)
    .describe('Margin m ≥ 0, in the scores’ unit. Paper: 0 to 1.'),
});

/**
 * Eq. 1, mean over rows.
 * @param scores positive [B, 1] and negative [B, N], float32, any similarity
 * @param options m ≥ 0, in the scores' unit
 */
export function templateNameLoss(
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  { m }: z.output<typeof options>,
): tf.Scalar {
  const lead = tf.sub(positive, negative); // (B, N)
  return tf.mean<tf.Scalar>(softplus(tf.sub(m, lead)));
}

export const templateName: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'template-name',
  summary: 'TODO: in one line, what it does that others do not.',
  source: 'TODO: authors, venue and year, eq. 1',
  options,
  create: (chosen) => ({
    name: 'template-name',
    needs: {
      positives: { least: 1, most: 1, usual: 1 },
      negatives: { least: 1, usual: 1 },
      inBatch: true,
      labelled: false,
      similarity: 'dot',
    },
    gradient: 'exact',
    compute: (scores) => templateNameLoss(scores, chosen),
  }),
};
