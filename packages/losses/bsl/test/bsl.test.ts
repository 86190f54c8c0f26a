import { bsl, sl } from '@losslab/loss-bsl';
import { addMatchers, cosines, lossFacts, lossGradient, lossValue, randomLossCase, testLoss } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { expectation } from './naive.ts';

addMatchers();

testLoss(bsl, {
  engines: ['simd', 'cpu'],
  options: { tau1: 0.3, tau2: 0.15 },
  refuses: [
    [{ tau1: 0 }, 'tau1: must be > 0 (eq. 18), got 0'],
    [{ tau2: -1 }, 'tau2: must be > 0 (eq. 18), got -1'],
  ],
  inspects: { positiveWeights: ['B', 'M'], negativeWeights: ['B', 'N'], radius: ['B'] },
  naive({ positive, negative }) {
    const rows = positive.map((s, b) => {
      const positivePart = -0.3 * Math.log(expectation(s.map((x) => Math.exp(x / 0.3))));
      return positivePart + 0.15 * Math.log(expectation(negative[b]!.map((x) => Math.exp(x / 0.15))));
    });
    return expectation(rows);
  },
});

test('with M = 1, τ₁ cancels and it is SL with τ₂', () => {
  const example = randomLossCase({ rows: 6, positives: 1, negatives: 7, labelled: 0 }, cosines);
  const plain = sl.create({ tau: 0.2 }, lossFacts);
  for (const tau1 of [0.05, 0.2, 5]) {
    const loss = bsl.create({ tau1, tau2: 0.2 }, lossFacts);
    expect(lossValue(loss, example)).toBeCloseTo(lossValue(plain, example), 5);
    const [mine, theirs] = [lossGradient(loss, example), lossGradient(plain, example)];
    for (const [path, gradient] of mine) expect(gradient).toBeCloseToArray(theirs.get(path)!, { absolute: 1e-6 });
  }
});

test('a large τ₁ is SL with M positives: the log-expectation becomes their mean', () => {
  const example = randomLossCase({ rows: 5, positives: 3, negatives: 4, labelled: 0 }, cosines);
  const flat = lossValue(bsl.create({ tau1: 1e3, tau2: 0.2 }, lossFacts), example);
  expect(flat).toBeCloseTo(lossValue(sl.create({ tau: 0.2 }, lossFacts), example), 3);
});

test('the gradient in the negatives is P* / B, in the positives −(their weights) / B', () => {
  const example = randomLossCase({ rows: 4, positives: 3, negatives: 5, labelled: 0 }, cosines);
  const loss = bsl.create({ tau1: 0.3, tau2: 0.2 }, lossFacts);
  const gradient = lossGradient(loss, example);
  const scores = {
    positive: tf.tensor2d(Float32Array.from(example.scores.positive), [4, 3]),
    negative: tf.tensor2d(Float32Array.from(example.scores.negative), [4, 5]),
  };
  const { positiveWeights, negativeWeights } = loss.inspect!(scores, example.batch);
  expect(gradient.get('negative')!).toBeCloseToArray(
    negativeWeights!.dataSync().map((p) => p / 4),
    { absolute: 1e-6 },
  );
  expect(gradient.get('positive')!).toBeCloseToArray(
    positiveWeights!.dataSync().map((p) => -p / 4),
    { absolute: 1e-6 },
  );
});

test('the radius is V / (2τ²) of each row (eq. 16)', () => {
  const loss = bsl.create({ tau1: 1, tau2: 0.1 }, lossFacts);
  const scores = { positive: tf.tensor2d([[1]]), negative: tf.tensor2d([[0.1, 0.3]]) };
  const { batch } = randomLossCase({ rows: 1, positives: 1, negatives: 2, labelled: 0 }, cosines);
  expect(loss.inspect!(scores, batch).radius!.dataSync()[0]).toBeCloseTo(0.01 / (2 * 0.01), 5);
});
