import { infoNce, mine } from '@losslab/loss-debiased';
import { lossCase, lossFacts, lossValue, products, randomLossCase, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { expectation, sumOfExponentials } from './naive.ts';

testLoss(infoNce, {
  engines: ['simd', 'cpu'],
  options: { t: 0.5 },
  refuses: [
    [{ t: 0 }, 't: must be > 0 (eq. 4), got 0'],
    [{ t: -0.1 }, 't: must be > 0 (eq. 4), got -0.1'],
  ],
  inspects: { negativeWeights: ['B', 'N'] },
  naive({ positive, negative }) {
    const rows = positive.map((row, b) => {
      const others = sumOfExponentials(negative[b]!, 0.5);
      return expectation(row.map((s) => -Math.log(Math.exp(s / 0.5) / (Math.exp(s / 0.5) + others))));
    });
    return expectation(rows);
  },
});

const shape = { rows: 1, positives: 1, negatives: 3, labelled: 0 };

test('with equal scores the positive is one of N + 1 candidates', () => {
  const loss = infoNce.create({ t: 1 }, lossFacts);
  expect(lossValue(loss, lossCase(shape, [0.5], [0.5, 0.5, 0.5]))).toBeCloseTo(Math.log(4), 6);
});

test('eq. 11-12: mean difference + log N ≤ MINE ≤ InfoNCE ≤ largest difference or 0 + log(N + 1); max ≤ MINE', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const example = randomLossCase(shape, products, seed);
    const [positive] = example.scores.positive;
    const differences = [...example.scores.negative].map((score) => score - positive!);
    const [info, mutual] = [infoNce, mine].map((loss) => lossValue(loss.create({ t: 1 }, lossFacts), example));
    const slack = 1e-5;
    expect(mutual!).toBeGreaterThanOrEqual(expectation(differences) + Math.log(3) - slack);
    expect(mutual!).toBeGreaterThanOrEqual(Math.max(...differences) - slack);
    expect(info!).toBeGreaterThanOrEqual(mutual! - slack);
    expect(info!).toBeLessThanOrEqual(Math.max(0, ...differences) + Math.log(4) + slack);
  }
});
