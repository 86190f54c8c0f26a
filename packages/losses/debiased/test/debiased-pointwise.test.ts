import { mse } from '@losslab/loss-classic';
import { ccl, debiasedCcl, debiasedMse } from '@losslab/loss-debiased';
import { cosines, lossCase, lossFacts, lossValue, randomLossCase, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { proportional, topK } from './naive.ts';

type Rows = readonly (readonly number[])[];

/** Eq. 22 as a double loop. */
function eq22(
  { positive, negative }: { positive: Rows; negative: Rows },
  taus: readonly number[],
  lambda: number,
  like: (s: number) => number,
  dislike: (s: number) => number,
): number {
  let total = 0;
  for (const [b, tau] of taus.entries()) {
    const [i, ...further] = positive[b]!;
    let [all, liked] = [0, 0];
    for (const s of negative[b]!) all += dislike(s) / negative[b]!.length;
    for (const s of further) liked += dislike(s) / further.length;
    total += tau * like(i!) + lambda * (all - tau * liked);
  }
  return total / taus.length;
}

testLoss(debiasedMse, {
  engines: ['simd', 'cpu'],
  options: { lambda: 0.3, prior: 'top-k', K: 3 },
  refuses: [
    [{ lambda: -1 }, 'lambda: must be >= 0 (eq. 22), got -1'],
    [{ K: -1 }, 'K: must be >= 0 (τ_u⁺ = (|I_u⁺| + K)/|I|), got -1'],
  ],
  inspects: { positivePrior: ['B'] },
  naive: (scores, { users }) => {
    const taus = [...users].map((user) => topK(user, 3));
    return eq22(
      scores,
      taus,
      0.3,
      (s) => (1 - s) * (1 - s),
      (s) => s * s,
    );
  },
});

testLoss(debiasedCcl, {
  engines: ['simd', 'cpu'],
  options: { lambda: 0.6, margin: 0.2, prior: 'proportional', alpha: 0.25 },
  refuses: [
    [{ lambda: -1 }, 'lambda: must be >= 0 (eq. 22), got -1'],
    [{ margin: 1 }, 'margin: must be in [-1, 1) (eq. 19, a cosine), got 1'],
    [{ alpha: -0.5 }, 'alpha: must be >= 0 (τ_u⁺ = (1 + α)|I_u⁺|/|I|), got -0.5'],
  ],
  inspects: { positivePrior: ['B'] },
  naive: (scores, { users }) => {
    const taus = [...users].map((user) => proportional(user, 0.25));
    return eq22(
      scores,
      taus,
      0.6,
      (s) => 1 - s,
      (s) => Math.max(0, s - 0.2),
    );
  },
});

test('with further positives that cost nothing it is τ⁺ times the plain loss, c or w being λ/τ⁺', () => {
  const facts = { ...lossFacts, userDegrees: lossFacts.userDegrees.map(() => 4), itemCount: 100 };
  const prior = { prior: 'top-k', K: 6, alpha: 0 } as const; // τ⁺ = 0.1
  const shape = { rows: 4, positives: 2, negatives: 5, labelled: 0 };
  const { scores } = randomLossCase(shape, cosines);
  const positive = [...scores.positive].map((s, k) => (k % 2 === 0 ? s : 0));
  const example = lossCase(shape, positive, [...scores.negative]);
  const observed = positive.filter((_, k) => k % 2 === 0);
  const plain = lossCase({ ...shape, positives: 1 }, observed, [...scores.negative]);
  const squared = lossValue(mse.create({ c: 5 }, facts), plain);
  expect(lossValue(debiasedMse.create({ lambda: 0.5, ...prior }, facts), example)).toBeCloseTo(0.1 * squared, 6);
  const contrasted = lossValue(ccl.create({ w: 5, margin: 0.1 }, facts), plain);
  const debiased = debiasedCcl.create({ lambda: 0.5, margin: 0.1, ...prior }, facts);
  expect(lossValue(debiased, example)).toBeCloseTo(0.1 * contrasted, 6);
});
