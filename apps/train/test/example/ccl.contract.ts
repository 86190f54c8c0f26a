import { testLoss } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { myCcl, myCclLoss } from './ccl.ts';

testLoss(myCcl, {
  engines: ['simd', 'cpu'],
  options: { w: 2, m: 0.1 },
  refuses: [[{ w: 0 }, 'w: must be > 0 (eq. 1), got 0']],
  naive({ positive, negative }) {
    const rows = positive.map(([s], b) => {
      const hinges = negative[b]!.map((t) => Math.max(0, t - 0.1));
      return 1 - s! + (2 / hinges.length) * hinges.reduce((sum, hinge) => sum + hinge, 0);
    });
    return rows.reduce((sum, row) => sum + row, 0) / rows.length;
  },
});

test('a negative below the margin costs nothing', () => {
  const scores = { positive: tf.tensor2d([[0.75]]), negative: tf.tensor2d([[0.5, 0.25]]) };
  expect(myCclLoss(scores, { w: 2, m: 0.25 }).dataSync()[0]).toBeCloseTo(1 - 0.75 + (2 / 2) * (0.5 - 0.25), 6);
});
