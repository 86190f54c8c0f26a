import { parseOptions } from '@losslab/core';
import { bce } from '@losslab/loss-classic';
import { lossCase, lossFacts, lossValue, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

testLoss(bce, {
  engines: ['simd', 'cpu'],
  options: { c: 0.7 },
  refuses: [[{ c: -1 }, 'c: must be >= 0 (eq. 1), got -1']],
  labelled: 6, // labels 0, 1, 0, 1 ...
  naive({ positive, negative, labelled }) {
    const phi = positive.flat().map((s) => Math.log(sigmoid(s)));
    const psi = negative.flat().map((s) => -Math.log(1 - sigmoid(s)));
    const chi = labelled.map((s, k) => -Math.log(sigmoid(k % 2 ? s : -s)));
    return (phi.length ? -mean(phi) : 0) + (psi.length ? 0.7 * mean(psi) : 0) + mean(chi);
  },
});

const make = (c: number): ReturnType<typeof bce.create> =>
  bce.create(parseOptions(bce.options, { c }, 'loss bce'), lossFacts);

test('c = N/M weighs every pair alike', () => {
  const example = lossCase({ rows: 1, positives: 2, negatives: 4, labelled: 0 }, [1, -2], [0.5, -0.5, 3, 0]);
  const each = [1, -2].map((s) => -Math.log(sigmoid(s))).concat([0.5, -0.5, 3, 0].map((s) => -Math.log(sigmoid(-s))));
  expect(lossValue(make(2), example)).toBeCloseTo(each.reduce((sum, x) => sum + x, 0) / 2, 5);
});

test('labelled pairs alone: −ln σ(s) where liked, −ln σ(−s) where not', () => {
  const example = lossCase({ rows: 0, positives: 0, negatives: 0, labelled: 2 }, [], [], [0.3, -1.2]); // labels 0, 1
  expect(lossValue(make(1), example)).toBeCloseTo(mean([-Math.log(sigmoid(-0.3)), -Math.log(sigmoid(-1.2))]), 6);
});

test('a batch without pairs is refused', () => {
  const nothing = lossCase({ rows: 1, positives: 0, negatives: 0, labelled: 0 }, [], []);
  expect(() => lossValue(make(1), nothing)).toThrow(
    '[loss-classic] expected a batch with positives, negatives or labelled pairs, got none; ask the sampler for some',
  );
});
