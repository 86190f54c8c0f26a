import { softplus } from '@losslab/backend';
import { type LossDefinition, negativeIds } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({
  /** Weight of an item is (1 + its degree)^power. */
  power: z.number().min(0, 'must be in [0, 1]').max(1, 'must be in [0, 1]').default(0.5),
});

/** E [ d_j^power · softplus(s⁻_j − s⁺) ] with d_j = 1 + degree: popular items that a user left out are disliked more. */
export const toyFactsLoss: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'toy-facts',
  summary: 'A loss that looks at item degrees, for tests.',
  source: 'losslab testkit, after the shape of WBPR',
  options,
  create({ power }, { itemDegrees }) {
    const weights = Float32Array.from(itemDegrees, (degree) => (1 + degree) ** power); // [items]
    return {
      name: 'toy-facts',
      needs: {
        positives: { least: 1, most: 1, usual: 1 },
        negatives: { least: 1, usual: 2 },
        inBatch: true,
        labelled: false,
        similarity: 'dot',
      },
      gradient: 'exact',
      compute({ positive, negative }, batch) {
        const ids = negativeIds(batch);
        const weight = tf.tensor2d(
          Float32Array.from(ids.data, (item) => weights[item]!),
          [ids.rows, ids.columns],
        ); // (B, N)
        return tf.mean(tf.mul(weight, softplus(tf.sub(negative, positive))));
      },
    };
  },
};
