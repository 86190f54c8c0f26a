import { mine, minePlus } from '@losslab/loss-debiased';
import { cosines, lossFacts, lossValue, randomLossCase, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { expectation, sumOfExponentials } from './naive.ts';

testLoss(mine, {
  engines: ['simd', 'cpu'],
  options: { t: 0.5 },
  refuses: [[{ t: 0 }, 't: must be > 0 (eq. 10), got 0']],
  inspects: { negativeWeights: ['B', 'N'] },
  naive({ positive, negative }) {
    const rows = positive.map((row, b) => {
      const others = Math.log(sumOfExponentials(negative[b]!, 0.5));
      return expectation(row.map((s) => -(s / 0.5 - others)));
    });
    return expectation(rows);
  },
});

test('is MINE+ with λ = 1', () => {
  const example = randomLossCase({ rows: 5, positives: 2, negatives: 6, labelled: 0 }, cosines);
  const plus = minePlus.create({ t: 0.3, lambda: 1 }, lossFacts);
  expect(lossValue(mine.create({ t: 0.3 }, lossFacts), example)).toBe(lossValue(plus, example));
});
