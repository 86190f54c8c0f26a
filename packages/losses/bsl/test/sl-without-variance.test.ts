import { sl, slWithoutVariance } from '@losslab/loss-bsl';
import { lossCase, lossFacts, lossValue, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { expectation } from './naive.ts';

const variance = (values: readonly number[]): number =>
  expectation(values.map((value) => value ** 2)) - expectation(values) ** 2;

testLoss(slWithoutVariance, {
  engines: ['simd', 'cpu'],
  options: { tau: 0.2 },
  refuses: [[{ tau: 0 }, 'tau: must be > 0 (eq. 13), got 0']],
  inspects: { negativeWeights: ['B', 'N'], radius: ['B'] },
  naive({ positive, negative }) {
    const rows = positive.map((s, b) => {
      const t = negative[b]!;
      return -expectation(s) + 0.2 * Math.log(expectation(t.map((x) => Math.exp(x / 0.2)))) - variance(t) / 0.4;
    });
    return expectation(rows);
  },
});

test('for small scores it is the difference of means: the terms of eq. 13 after the variance are of third order', () => {
  const example = lossCase({ rows: 1, positives: 1, negatives: 2, labelled: 0 }, [0.02], [0.01, -0.01]);
  const [whole, without] = [sl, slWithoutVariance].map(({ create }) =>
    lossValue(create({ tau: 0.5 }, lossFacts), example),
  );
  expect(without).toBeCloseTo(-0.02, 6);
  expect(whole! - without!).toBeCloseTo(1e-4, 6); // V / (2τ) = 1e-4 / 1
});
