import { softplus } from '@losslab/backend';
import type { LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({
  /** Dimension of the auxiliary model's vectors. */
  dimension: z.int().min(1, 'must be >= 1').default(3),
  /** Learning rate of the auxiliary model's group; absent: the run's. */
  learningRate: z.number().positive('must be > 0').optional(),
});

/** E_j [ σ(γ_j)·softplus(s⁻ − s⁺) + (1 − σ(γ_j)) / 2 ]: an auxiliary model γ says how far to trust each negative. */
export const toyAuxiliaryLoss: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'toy-auxiliary',
  summary: 'A loss that brings along a model of its own, for tests.',
  source: 'losslab testkit, after the shape of NBPO',
  options,
  create: ({ dimension, learningRate }) => ({
    name: 'toy-auxiliary',
    needs: {
      positives: { least: 1, most: 1, usual: 1 },
      negatives: { least: 1, usual: 2 },
      inBatch: true,
      labelled: false,
      similarity: 'dot',
      auxiliary: {
        trust: {
          model: 'toy-factors',
          options: { dimension },
          ...(learningRate !== undefined && { optimizer: { learningRate } }),
        },
      },
    },
    gradient: 'exact',
    compute({ positive, negative, auxiliary }) {
      const trust = tf.sigmoid(auxiliary!.trust!.negative); // (B, N)
      const distrust = tf.div(tf.sub(1, trust), 2);
      return tf.mean(tf.add(tf.mul(trust, softplus(tf.sub(negative, positive))), distrust));
    },
  }),
};
