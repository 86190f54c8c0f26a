import { softplus } from '@losslab/backend';
import type { LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({});

/** E [ softplus(s) − y·s ] over labelled pairs alone: M = N = 0. */
export const toyLabelledLoss: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'toy-labelled',
  summary: 'A loss of labelled pairs alone, for tests.',
  source: 'losslab testkit',
  options,
  create: () => ({
    name: 'toy-labelled',
    needs: {
      positives: { least: 0, most: 0, usual: 0 },
      negatives: { least: 0, most: 0, usual: 0 },
      inBatch: false,
      labelled: true,
      similarity: 'dot',
    },
    gradient: 'exact',
    compute({ labelled }, batch) {
      const s = labelled!; // (L)
      const y = tf.tensor1d(batch.labelled!.labels); // (L)
      return tf.mean(tf.sub(softplus(s), tf.mul(y, s)));
    },
  }),
};
