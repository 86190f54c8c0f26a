import { mse } from '@losslab/loss-classic';
import { lossCase, lossFacts, lossValue, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

testLoss(mse, {
  engines: ['simd', 'cpu'],
  options: { c: 3 },
  refuses: [[{ c: -0.1 }, 'c: must be >= 0 (eq. 1), got -0.1']],
  labelled: 6, // labels 0, 1, 0, 1 ...
  naive({ positive, negative, labelled }) {
    const phi = positive.flat().map((s) => (s - 1) * (s - 1));
    const psi = negative.flat().map((s) => s * s);
    const chi = labelled.map((s, k) => (s - (k % 2)) ** 2);
    return (phi.length ? mean(phi) : 0) + (psi.length ? 3 * mean(psi) : 0) + mean(chi);
  },
});

test('no loss where positives score 1 and negatives 0', () => {
  const example = lossCase({ rows: 1, positives: 1, negatives: 2, labelled: 0 }, [1], [0, 0]);
  expect(lossValue(mse.create({ c: 1 }, lossFacts), example)).toBe(0);
});

test('labelled pairs add their own mean', () => {
  const example = lossCase({ rows: 1, positives: 1, negatives: 1, labelled: 2 }, [1], [0], [0.5, 0.25]); // labels 0, 1
  const value = lossValue(mse.create({ c: 1 }, lossFacts), example);
  expect(value).toBeCloseTo((0.5 ** 2 + 0.75 ** 2) / 2, 6);
});
