import { bprMax, bprMaxLoss } from '@losslab/loss-bpr-max';
import { testLoss } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

testLoss(bprMax, {
  engines: ['simd', 'cpu'],
  options: { lambda: 0.3 },
  refuses: [[{ lambda: -1 }, 'lambda: must be ≥ 0 (the penalty of BPR-max), got -1']],
  naive({ positive, negative }) {
    let sum = 0;
    for (const [b, [s]] of positive.entries()) {
      const top = Math.max(...negative[b]!);
      const whole = negative[b]!.reduce((total, t) => total + Math.exp(t - top), 0);
      let won = 0;
      let penalty = 0;
      for (const t of negative[b]!) {
        const p = Math.exp(t - top) / whole;
        won += p * sigmoid(s! - t);
        penalty += p * t * t;
      }
      sum += -Math.log(won) + 0.3 * penalty;
    }
    return sum / positive.length;
  },
});

test('one negative without penalty is BPR', () => {
  const scores = { positive: tf.tensor2d([[1.5]]), negative: tf.tensor2d([[0.5]]) };
  expect(bprMaxLoss(scores, { lambda: 0 }).dataSync()[0]).toBeCloseTo(-Math.log(sigmoid(1)), 6);
});

test('a negative that scores far below the others hardly counts', () => {
  const positive = tf.tensor2d([[1.5]]);
  const one = bprMaxLoss({ positive, negative: tf.tensor2d([[0.5]]) }, { lambda: 0 }).dataSync()[0]!;
  const two = bprMaxLoss({ positive, negative: tf.tensor2d([[0.5, -20]]) }, { lambda: 0 }).dataSync()[0]!;
  expect(two).toBeCloseTo(one, 5);
});
