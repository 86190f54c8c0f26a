import { bslReference, sl } from '@losslab/loss-bsl';
import { cosines, lossCase, lossFacts, lossValue, randomLossCase, testLoss } from '@losslab/testkit';
import { describe, expect, test } from 'vitest';
import { rowsByUser } from '../src/by-user.ts';
import { expectation } from './naive.ts';

describe('reweight', () => {
  testLoss(bslReference, {
    engines: ['simd', 'cpu'],
    options: { variant: 'reweight', tau: 0.25, w: 1.2 },
    refuses: [
      [{ tau: 0 }, 'tau: must be > 0 (the τ of both exponentials), got 0'],
      [{ w: 0 }, 'w: must be > 0 (the weight of the negative part), got 0'],
      [{ variant: 'paper' }, 'variant: '],
    ],
    inspects: { negativeWeights: ['B', 'N'], radius: ['B'] },
    naive({ positive, negative }) {
      let total = 0;
      for (const [b, row] of positive.entries()) {
        let sum = 0;
        for (const t of negative[b]!) sum += Math.exp(t / 0.25);
        total += -expectation(row) / 0.25 + 1.2 * Math.log(sum);
      }
      return total / positive.length;
    },
  });

  test('with w = 1 it is SL / τ + log N', () => {
    const example = randomLossCase({ rows: 6, positives: 1, negatives: 7, labelled: 0 }, cosines);
    const loss = lossValue(bslReference.create({ variant: 'reweight', tau: 0.2, w: 1 }, lossFacts), example);
    expect(loss).toBeCloseTo(lossValue(sl.create({ tau: 0.2 }, lossFacts), example) / 0.2 + Math.log(7), 4);
  });
});

describe('multi', () => {
  testLoss(bslReference, {
    engines: ['simd', 'cpu'],
    options: { variant: 'multi', tau: 0.25, w: 1.2 },
    inspects: { negativeWeights: ['B', 'N'], radius: ['B'] },
    naive({ positive, negative }, { users }) {
      let total = 0;
      for (const [b, row] of negative.entries()) {
        const alike = positive.filter((_, other) => users[other] === users[b]).flat();
        total -= Math.log(expectation(alike.map((s) => Math.exp(s / 0.25))));
        total += 1.2 * Math.log(expectation(row.map((t) => Math.exp(t / 0.25))));
      }
      return total / negative.length;
    },
  });

  test('where no user comes twice it is reweight, less w · log N', () => {
    const scores = [
      [0.9, -0.1],
      [0.3, 0.2, -0.5, 0.1],
    ] as const;
    const example = lossCase({ rows: 2, positives: 1, negatives: 2, labelled: 0 }, [...scores[0]], [...scores[1]]);
    const distinct = { ...example, batch: { ...example.batch, users: Int32Array.of(3, 4) } };
    const of = (variant: 'reweight' | 'multi'): number =>
      lossValue(bslReference.create({ variant, tau: 0.2, w: 1.3 }, lossFacts), distinct);
    expect(of('multi')).toBeCloseTo(of('reweight') - 1.3 * Math.log(2), 4);
  });
});

test('rows of each user, in the order of their first', () => {
  expect(rowsByUser(Int32Array.of(7, 2, 7, 7, 2))).toEqual({
    rows: Int32Array.of(0, 2, 3, 1, 4, 0),
    padding: Float32Array.of(0, 0, 0, 0, 0, -1e30),
    counts: Int32Array.of(3, 2),
    longest: 3,
  });
});
