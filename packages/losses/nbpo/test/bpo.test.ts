import { bce } from '@losslab/loss-classic';
import { bpo, bpoLoss } from '@losslab/loss-nbpo';
import { lossFacts, lossValue, products, randomLossCase, testLoss } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { logSigma, pairwise } from './naive.ts';

testLoss(bpo, {
  engines: ['simd', 'cpu'],
  naive: pairwise(
    (r) => logSigma(r),
    (r) => logSigma(-r),
  ),
});

test('eq. 4 as arithmetic: every pair counts once', () => {
  const scores = { positive: tf.tensor2d([[0]]), negative: tf.tensor2d([[0, Math.log(3)]]) };
  expect(bpoLoss(scores).dataSync()[0]).toBeCloseTo(Math.log(2) + Math.log(2) + Math.log(4), 6); // σ(−ln 3) = 1/4
});

test('with one positive it is BCE with c = N', () => {
  const example = randomLossCase({ rows: 7, positives: 1, negatives: 3, labelled: 0 }, products);
  const other = lossValue(bce.create({ c: 3 }, lossFacts), example);
  expect(lossValue(bpo.create({}, lossFacts), example)).toBeCloseTo(other, 5);
});
