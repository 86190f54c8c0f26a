import { idl, inverseDualLoss, positiveWeights } from '@losslab/loss-inverse';
import { lossFacts, testLoss } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { labelledMean, logLoss, mean, sigmoid } from './naive.ts';

/** Eq. 4 as printed, by its ratios; where one loss is 0 its label has all the weight. */
function weights(x: number): [number, number] {
  const [one, zero] = [logLoss(x, 1), logLoss(x, 0)];
  if (one === 0 || zero === 0) return one === 0 ? [1, 0] : [0, 1];
  const z = zero / one + one / zero;
  return [zero / (z * one), one / (z * zero)];
}

function dual(x: number): number {
  const [w1, w0] = weights(x);
  return w1 * logLoss(x, 1) + w0 * logLoss(x, 0);
}

testLoss(idl, {
  engines: ['simd', 'cpu'],
  inspects: { positiveWeights: ['B', 'N'], negativeWeights: ['B', 'N'] },
  naive: ({ labelled, negative }) => labelledMean(labelled) + mean(negative.flat().map(dual)),
});

test('the weights are those of eq. 4, and safe where a ratio is not', () => {
  const scores = [-100, -3, -0.5, 0, 0.25, 2, 100];
  const found = positiveWeights(tf.tensor2d([scores])).dataSync();
  scores.forEach((x, n) => {
    expect(found[n], `w¹ at ${x}`).toBeCloseTo(weights(x)[0], 6);
  });
  expect(found[3]).toBe(0.5); // no label costs less
});

test('with weights held fixed, a pair is drawn to the label that it is near to', () => {
  const scores = [-2, -0.1, 0.1, 2];
  const slope = tf
    .grad((x) => inverseDualLoss(x as tf.Tensor2D))(tf.tensor2d([scores]))
    .dataSync();
  scores.forEach((x, n) => {
    expect(slope[n]).toBeCloseTo((sigmoid(x) - weights(x)[0]) / 4, 6);
    expect(Math.sign(slope[n]!)).toBe(-Math.sign(x));
  });
});

test('what the figures show are the two weights, which add up to 1', () => {
  const scores = { positive: tf.zeros([2, 0]) as tf.Tensor2D, negative: tf.tensor2d([[1], [-2]]) };
  const batch = { epoch: 1, step: 0, users: Int32Array.of(0, 1) } as never;
  const { positiveWeights: w1, negativeWeights: w0 } = idl.create({}, lossFacts).inspect!(scores, batch);
  expect([...tf.add(w1!, w0!).dataSync()]).toEqual([1, 1]);
  expect(w1!.dataSync()[0]).toBeGreaterThan(0.5);
});
