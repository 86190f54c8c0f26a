import { bpr, bprLoss } from '@losslab/loss-classic';
import { testLoss } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

testLoss(bpr, {
  engines: ['simd', 'cpu'],
  naive({ positive, negative }) {
    const losses = positive.flatMap((row, b) =>
      row.flatMap((s) => negative[b]!.map((t) => -Math.log(1 / (1 + Math.exp(t - s))))),
    );
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  },
});

const loss = (positive: number[][], negative: number[][]): number =>
  bprLoss({ positive: tf.tensor2d(positive), negative: tf.tensor2d(negative) }).dataSync()[0]!;

test('with one positive and one negative it is softplus(s⁻ − s⁺)', () => {
  expect(loss([[2]], [[0.5]])).toBeCloseTo(Math.log(1 + Math.exp(0.5 - 2)), 6);
});

test('equal scores cost ln 2, whatever they are', () => {
  expect(loss([[7, 7]], [[7, 7, 7]])).toBeCloseTo(Math.log(2), 6);
});

test('a pair in the wrong order costs its distance, where 1e-10 + σ(x) would saturate at 23', () => {
  expect(loss([[-50]], [[50]])).toBeCloseTo(100, 4);
});
