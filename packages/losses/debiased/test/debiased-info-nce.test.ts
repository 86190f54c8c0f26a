import { debiasedInfoNce, infoNce } from '@losslab/loss-debiased';
import { cosines, lossCase, lossFacts, lossGradient, lossValue, randomLossCase, testLoss } from '@losslab/testkit';
import { describe, expect, test } from 'vitest';
import { expectation, proportional, sumOfExponentials, topK } from './naive.ts';

const t = 0.8;

/** Eq. 7 as it stands, with the floor e^(−1/t). */
const naive =
  (lambda: number, tau: (user: number) => number) =>
  (
    { positive, negative }: { positive: readonly (readonly number[])[]; negative: readonly (readonly number[])[] },
    { users }: { users: Int32Array },
  ): number => {
    const rows = positive.map(([i, ...further], b) => {
      const known = tau(users[b]!);
      const all = sumOfExponentials(negative[b]!, t) / negative[b]!.length;
      const liked = sumOfExponentials(further, t) / further.length;
      const f = Math.max((all - known * liked) / (1 - known), Math.exp(-1 / t));
      return -Math.log(Math.exp(i! / t) / (Math.exp(i! / t) + lambda * f));
    });
    return expectation(rows);
  };

describe.each([
  ['top-k', { prior: 'top-k', K: 2 }, (user: number) => topK(user, 2)],
  ['proportional', { prior: 'proportional', alpha: 0.5 }, (user: number) => proportional(user, 0.5)],
] as const)('%s', (_, prior, tau) => {
  testLoss(debiasedInfoNce, {
    engines: ['simd', 'cpu'],
    options: { t, lambda: 6, ...prior },
    refuses: [
      [{ t: 0 }, 't: must be > 0 (eq. 7), got 0'],
      [{ lambda: 0 }, 'lambda: must be > 0 (eq. 7), got 0'],
      [{ K: -1 }, 'K: must be >= 0 (τ_u⁺ = (|I_u⁺| + K)/|I|), got -1'],
      [{ alpha: -1 }, 'alpha: must be >= 0 (τ_u⁺ = (1 + α)|I_u⁺|/|I|), got -1'],
      [{ prior: 'both' }, 'prior: '],
    ],
    inspects: { positivePrior: ['B'], logDebiasedMean: ['B'] },
    draw: cosines,
    naive: naive(6, tau),
  });
});

const facts = { ...lossFacts, userDegrees: lossFacts.userDegrees.map(() => 1), itemCount: 1e6 };

test('with λ = N and τ⁺ → 0 it is InfoNCE', () => {
  const example = randomLossCase({ rows: 5, positives: 2, negatives: 7, labelled: 0 }, cosines);
  const debiased = debiasedInfoNce.create({ t, lambda: 7, prior: 'top-k', K: 0, alpha: 0 }, facts);
  const observed = [0, 1, 2, 3, 4].map((b) => example.scores.positive[2 * b]!);
  const plain = lossCase({ rows: 5, positives: 1, negatives: 7, labelled: 0 }, observed, [...example.scores.negative]);
  expect(lossValue(debiased, example)).toBeCloseTo(lossValue(infoNce.create({ t }, lossFacts), plain), 4);
});

test('where the positives’ share exceeds the sampled mean, f is e^(−1/t) and passes no gradient', () => {
  const shape = { rows: 1, positives: 2, negatives: 2, labelled: 0 };
  const example = lossCase(shape, [0.5, 1], [-1, -1]);
  const loss = debiasedInfoNce.create({ t: 0.5, lambda: 3, prior: 'top-k', K: 2, alpha: 0 }, lossFacts);
  expect(lossValue(loss, example)).toBeCloseTo(Math.log(1 + 3 * Math.exp(-2 - 1)), 5);
  const gradient = lossGradient(loss, example);
  expect([...gradient.get('negative')!]).toEqual([0, 0]);
  expect(gradient.get('positive')![1]).toBe(0);
});
