import { softmax, stopGradient } from '@losslab/backend';
import type { GradientOracle, LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({});

/** ∂/∂s⁺ = −1/B and ∂/∂s⁻ = w/B: the weights count as constants. */
const oracle: GradientOracle = ({ positive, negative }, { users }) => {
  const B = users.length;
  const [M, N] = [positive.length / B, negative.length / B];
  const weights = negative.map((s, k) => {
    const row = negative.subarray(Math.floor(k / N) * N, (Math.floor(k / N) + 1) * N);
    const most = row.reduce((a, b) => Math.max(a, b));
    return Math.exp(s - most) / row.reduce((sum, t) => sum + Math.exp(t - most), 0);
  });
  return { positive: positive.map(() => -1 / (B * M)), negative: weights.map((w) => w / B) };
};

/** −s⁺ + Σ_j w_j s⁻_j with w = softmax(s⁻) held fixed: its gradient is not the derivative of its value. */
export const toyStoppedLoss: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'toy-stopped',
  summary: 'A loss with weights that no gradient goes through, and an inspection, for tests.',
  source: 'losslab testkit',
  options,
  create: () => ({
    name: 'toy-stopped',
    needs: {
      positives: { least: 1, usual: 1 },
      negatives: { least: 1, usual: 3 },
      inBatch: true,
      labelled: false,
      similarity: 'dot',
    },
    gradient: oracle,
    compute({ positive, negative }) {
      const weighed = tf.sum(tf.mul(stopGradient(softmax(negative)), negative), 1); // (B)
      return tf.sub(tf.mean(weighed), tf.mean(positive));
    },
    inspect: ({ negative }) => ({ weights: softmax(negative) }), // (B, N)
  }),
};
