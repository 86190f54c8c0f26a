import { sl } from '@losslab/loss-bsl';
import { lossCase, lossFacts, lossValue, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { expectation } from './naive.ts';

testLoss(sl, {
  engines: ['simd', 'cpu'],
  options: { tau: 0.2 },
  refuses: [
    [{ tau: 0 }, 'tau: must be > 0 (eq. 5), got 0'],
    [{ tau: -0.1 }, 'tau: must be > 0 (eq. 5), got -0.1'],
  ],
  inspects: { negativeWeights: ['B', 'N'], radius: ['B'] },
  naive({ positive, negative }) {
    const rows = positive.map(
      (s, b) => -expectation(s) + 0.2 * Math.log(expectation(negative[b]!.map((t) => Math.exp(t / 0.2)))),
    );
    return expectation(rows);
  },
});

const shape = { rows: 1, positives: 1, negatives: 2, labelled: 0 };
const value = (tau: number, positive: number[], negative: number[]): number =>
  lossValue(sl.create({ tau }, lossFacts), lossCase(shape, positive, negative));

test('eq. 4 is eq. 5 divided by τ plus log N', () => {
  const eq4 = -Math.log(Math.exp(0.9 / 0.1) / (Math.exp(0.2 / 0.1) + Math.exp(-0.4 / 0.1)));
  expect(value(0.1, [0.9], [0.2, -0.4]) / 0.1 + Math.log(2)).toBeCloseTo(eq4, 4);
});

test('a small τ sees the hardest negative alone, a large one their mean', () => {
  expect(value(1e-3, [0], [0.5, -0.5])).toBeCloseTo(0.5, 2);
  expect(value(1e3, [0], [0.75, -0.25])).toBeCloseTo(0.25, 3);
});
