import { templateName, templateNameLoss } from '@losslab/loss-template-name';
import { testLoss } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

testLoss(templateName, {
  engines: ['simd', 'cpu'],
  options: { m: 0.3 },
  refuses: [[{ m: -1 }, 'm: must be >= 0 (eq. 1), got -1']],
  // Write this loop from the paper, not from src: it is a second derivation.
  naive({ positive, negative }) {
    const losses = positive.flatMap(([s], b) => negative[b]!.map((t) => Math.log(1 + Math.exp(0.3 + t - s!))));
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  },
});

test('a pair whose lead is the margin costs ln 2', () => {
  const scores = { positive: tf.tensor2d([[2.5]]), negative: tf.tensor2d([[2]]) };
  expect(templateNameLoss(scores, { m: 0.5 }).dataSync()[0]).toBeCloseTo(Math.log(2), 6);
});
