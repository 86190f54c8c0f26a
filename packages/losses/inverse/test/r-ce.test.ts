import { ns, rCe } from '@losslab/loss-inverse';
import { addMatchers, lossFacts, lossGradient, lossValue, products, randomLossCase, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { labelledMean, logLoss, mean, sigmoid } from './naive.ts';

addMatchers();

/** ŷ^β·ℓ of a positive, (1 − ŷ)^β·ℓ of a negative. */
const weighed = (x: number, y: number): number => (y === 1 ? sigmoid(x) : 1 - sigmoid(x)) ** 0.7 * logLoss(x, y);

testLoss(rCe, {
  engines: ['simd', 'cpu'],
  options: { beta: 0.7 },
  refuses: [[{ beta: -0.1 }, 'beta: must be >= 0 (DenoisingRec, R-CE), got -0.1']],
  naive: ({ labelled, negative }) => labelledMean(labelled, weighed) + mean(negative.flat().map((x) => weighed(x, 0))),
});

test('β = 0 is negative sampling', () => {
  const example = randomLossCase({ rows: 5, positives: 0, negatives: 2, labelled: 8 }, products);
  const [flat, plain] = [rCe.create({ beta: 0 }, lossFacts), ns.create({}, lossFacts)];
  expect(lossValue(flat, example)).toBeCloseTo(lossValue(plain, example), 6);
  const theirs = lossGradient(plain, example);
  for (const [path, gradient] of lossGradient(flat, example)) {
    expect(gradient).toBeCloseToArray(theirs.get(path)!, { absolute: 1e-6 });
  }
});
