import { bslReference } from '@losslab/loss-bsl';
import { minePlus } from '@losslab/loss-debiased';
import { cosines, lossFacts, lossGradient, lossValue, randomLossCase, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { expectation, sumOfExponentials } from './naive.ts';

testLoss(minePlus, {
  engines: ['simd', 'cpu'],
  options: { t: 0.5, lambda: 1.3 },
  refuses: [
    [{ t: 0 }, 't: must be > 0 (eq. 16), got 0'],
    [{ lambda: 0 }, 'lambda: must be > 0 (eq. 16), got 0'],
  ],
  inspects: { negativeWeights: ['B', 'N'] },
  naive({ positive, negative }) {
    const rows = positive.map((row, b) => {
      const others = 1.3 * Math.log(sumOfExponentials(negative[b]!, 0.5));
      return expectation(row.map((s) => -(s / 0.5 - others)));
    });
    return expectation(rows);
  },
});

test('is the `reweight` of BSL’s published code, to the bit', () => {
  for (const seed of [1, 2, 3]) {
    const example = randomLossCase({ rows: 8, positives: 1, negatives: 9, labelled: 0 }, cosines, seed);
    const mine = minePlus.create({ t: 0.4, lambda: 1.2 }, lossFacts);
    const theirs = bslReference.create({ variant: 'reweight', tau: 0.4, w: 1.2 }, lossFacts);
    expect(lossValue(mine, example)).toBe(lossValue(theirs, example));
    expect(lossGradient(mine, example)).toEqual(lossGradient(theirs, example));
  }
});
