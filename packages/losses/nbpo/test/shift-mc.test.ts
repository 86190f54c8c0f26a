import { shiftedSquaredError, shiftMc } from '@losslab/loss-nbpo';
import { testLoss } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { pairwise } from './naive.ts';

const rho = 0.3;

testLoss(shiftMc, {
  engines: ['simd', 'cpu'],
  options: { flipRate: rho },
  refuses: [
    [{ flipRate: 1 }, 'flipRate: must be in [0, 1) (Hsieh et al., ShiftMC), got 1'],
    [{ flipRate: -0.1 }, 'flipRate: must be in [0, 1) (Hsieh et al., ShiftMC), got -0.1'],
  ],
  naive: pairwise(
    (s) => -((s - 1) ** 2 - rho * s ** 2) / (1 - rho),
    (s) => -(s ** 2),
  ),
});

const errorOf = (s: number, label: 0 | 1): number => {
  const pair = { positive: tf.tensor2d([[label === 1 ? s : 0]]), negative: tf.tensor2d([[label === 0 ? s : 0]]) };
  return shiftedSquaredError(pair, rho).dataSync()[0]! - (label === 1 ? 0 : 1 / (1 - rho)); // ℓ̃(0, 1) = 1 / (1 − ρ)
};

test('is unbiased: its mean over the flips of a liked pair is the squared error of label 1', () => {
  for (const s of [-1, 0, 0.4, 2]) {
    expect((1 - rho) * errorOf(s, 1) + rho * errorOf(s, 0)).toBeCloseTo((s - 1) ** 2, 5);
  }
});
