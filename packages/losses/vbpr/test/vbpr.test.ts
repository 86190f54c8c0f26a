import { bpr } from '@losslab/loss-classic';
import { vbpr } from '@losslab/loss-vbpr';
import {
  eachEngine,
  lossCase,
  lossFacts,
  lossGradient,
  lossValue,
  products,
  randomLossCase,
  testLoss,
} from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { interest, mean, minusLogSigmoid } from './naive.ts';

testLoss(vbpr, {
  engines: ['simd', 'cpu'],
  options: { cPos: 3, cNeg: 0.7 },
  refuses: [
    [{ cPos: 0 }, 'cPos: must be > 0 (eq. 12), got 0'],
    [{ cPos: -1 }, 'cPos: must be > 0 (eq. 12), got -1'],
    [{ cNeg: 0 }, 'cNeg: must be > 0 (eq. 13), got 0'],
  ],
  inspects: { positiveWeights: ['B', 'M'], negativeWeights: ['B', 'N'] },
  naive: ({ positive, negative }) =>
    mean(positive.map((s, b) => minusLogSigmoid(interest(s, 3) - interest(negative[b]!, 0.7)))),
});

const make = (cPos: number, cNeg: number) => vbpr.create({ cPos, cNeg }, lossFacts);
const shape = { rows: 1, positives: 2, negatives: 2, labelled: 0 };

eachEngine(['simd', 'cpu'], () => {
  test('with M = N = 1 it is BPR to the last bit, value and gradient, whatever c is', () => {
    for (const [k, scale] of [1, 30, 1e4].entries()) {
      const draw: typeof products = (random) => scale * products(random);
      const example = randomLossCase({ rows: 129, positives: 1, negatives: 1, labelled: 0 }, draw, k);
      const other = bpr.create({}, lossFacts);
      for (const loss of [make(10, 0.5), make(0.1, 1e-6)]) {
        expect(lossValue(loss, example)).toBe(lossValue(other, example));
        expect(lossGradient(loss, example)).toEqual(lossGradient(other, example));
      }
    }
  });

  test('is finite at scores of ±1e4 under c of 1e-30 and 1e30', () => {
    const example = lossCase(shape, [1e4, -1e4], [1e4, -1e4]);
    for (const c of [1e-30, 1e30]) {
      expect(lossValue(make(c, c), example)).toBeCloseTo(Math.log(2), 5);
      for (const gradient of lossGradient(make(c, c), example).values()) {
        expect(gradient.every(Number.isFinite)).toBe(true);
      }
    }
  });
});

test('the attention of eq. 12 and 13 as arithmetic', () => {
  const alpha = Math.exp(2 / 4) / (Math.exp(2 / 4) + Math.exp(-1 / 4)); // of the positive that scores 2
  const beta = Math.exp(1 / 0.5) / (Math.exp(1 / 0.5) + Math.exp(0 / 0.5)); // of the negative that scores 1
  const margin = alpha * 2 + (1 - alpha) * -1 - beta * 1;
  expect(lossValue(make(4, 0.5), lossCase(shape, [2, -1], [1, 0]))).toBeCloseTo(Math.log(1 + Math.exp(-margin)), 6);
});

test('a large c compares means, a small one the highest scores', () => {
  const example = lossCase(shape, [3, 1], [2, -4]);
  expect(lossValue(make(1e6, 1e6), example)).toBeCloseTo(minusLogSigmoid(2 - -1), 5);
  expect(lossValue(make(1e-6, 1e-6), example)).toBeCloseTo(minusLogSigmoid(3 - 2), 5);
});

test('a user’s only positive, drawn again for M = 2, is the loss with M = 1, its gradient in two halves', () => {
  const twice = lossCase({ rows: 1, positives: 2, negatives: 2, labelled: 0 }, [0.7, 0.7], [0.4, -1]);
  const once = lossCase({ rows: 1, positives: 1, negatives: 2, labelled: 0 }, [0.7], [0.4, -1]);
  expect(lossValue(make(10, 0.5), twice)).toBeCloseTo(lossValue(make(10, 0.5), once), 6);
  const [whole] = lossGradient(make(10, 0.5), once).get('positive')!;
  expect([...lossGradient(make(10, 0.5), twice).get('positive')!]).toEqual([whole! / 2, whole! / 2]);
});

test('gradients flow through the attention: raising c_pos turns the pull to the lower-scoring positive', () => {
  const example = lossCase(shape, [2, 0], [0, 0]);
  const pulls = (cPos: number): Float32Array => lossGradient(make(cPos, 1), example).get('positive')!;
  expect(pulls(0.5)[1]).toBeGreaterThan(0); // a rise there takes weight off the higher one: eq. 20's slope
  expect(pulls(100)[1]! / pulls(100)[0]!).toBeCloseTo(1, 1);
});

test('shows the attention weights: rows sum to 1, the hardest negative weighs most', () => {
  const scores = { positive: tf.tensor2d([[2, 0]]), negative: tf.tensor2d([[1, 0, -3]]) };
  const { batch } = randomLossCase({ rows: 1, positives: 2, negatives: 3, labelled: 0 }, products);
  const { positiveWeights, negativeWeights } = make(10, 0.5).inspect!(scores, batch);
  const [high, low] = positiveWeights!.dataSync();
  expect(high).toBeCloseTo(1 / (1 + Math.exp(-2 / 10)), 6);
  expect(low).toBeCloseTo(1 / (1 + Math.exp(2 / 10)), 6);
  const [beta] = negativeWeights!.dataSync();
  expect(beta).toBeCloseTo(1 / (1 + Math.exp(-2) + Math.exp(-8)), 6);
});
