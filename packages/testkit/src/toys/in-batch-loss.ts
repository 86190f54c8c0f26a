import { logSumExp } from '@losslab/backend';
import type { LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({});

/** −s⁺ + log Σ_j exp(s⁻_j): in-batch softmax without its positive. */
export const toyInBatchLoss: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'toy-in-batch',
  summary: 'A softmax loss for in-batch negatives, for tests.',
  source: 'losslab testkit',
  options,
  create: () => ({
    name: 'toy-in-batch',
    needs: {
      positives: { least: 1, most: 1, usual: 1 },
      negatives: { least: 1, usual: 8 },
      inBatch: true,
      labelled: false,
      similarity: 'cosine',
    },
    gradient: 'exact',
    compute: ({ positive, negative }) => tf.sub(tf.mean(logSumExp(negative)), tf.mean(positive)),
  }),
};
