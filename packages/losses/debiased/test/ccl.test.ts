import { ccl } from '@losslab/loss-debiased';
import { lossCase, lossFacts, lossValue, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { expectation } from './naive.ts';

testLoss(ccl, {
  engines: ['simd', 'cpu'],
  options: { w: 5, margin: 0.3 },
  refuses: [
    [{ w: -1 }, 'w: must be >= 0 (eq. 18), got -1'],
    [{ margin: 1 }, 'margin: must be in [-1, 1) (eq. 18, a cosine), got 1'],
    [{ margin: -1.5 }, 'margin: must be in [-1, 1) (eq. 18, a cosine), got -1.5'],
  ],
  naive({ positive, negative }) {
    const rows = positive.map((row, b) => {
      let hinge = 0;
      for (const s of negative[b]!) hinge += Math.max(0, s - 0.3);
      return expectation(row.map((s) => 1 - s)) + (5 / negative[b]!.length) * hinge;
    });
    return expectation(rows);
  },
});

test('negatives below the margin count nothing', () => {
  const loss = ccl.create({ w: 300, margin: 0.9 }, lossFacts);
  const example = lossCase({ rows: 1, positives: 1, negatives: 2, labelled: 0 }, [0.75], [0.9, -1]);
  expect(lossValue(loss, example)).toBeCloseTo(0.25, 6);
});
