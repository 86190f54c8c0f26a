import { nbpoO, nbpoS } from '@losslab/loss-nbpo';
import { lossCase, lossFacts, lossGradient, testLoss } from '@losslab/testkit';
import { describe, expect, test } from 'vitest';
import { logSigma, pairwise, sigma, surrogateLikelihood } from './naive.ts';

const engines = ['simd', 'cpu'] as const;
const inspects = { positiveFlips: ['B', 'M'], negativeFlips: ['B', 'N'], missed: ['B', 'N'] } as const;
const refuses = [
  [{ L: -1 }, 'L: must be a whole number >= 0 (§4.3), got -1'],
  [{ lambda: -1 }, 'lambda: must be >= 0 (eq. 8), got -1'],
] as const;
const likelihood = pairwise(
  (r, g) => logSigma(-g) + logSigma(r),
  (r, g) => Math.log(sigma(-r) + sigma(g) * sigma(r)),
);

describe('eq. 6', () => {
  testLoss(nbpoO, { engines, naive: likelihood, inspects, refuses });

  test('is eq. 4 where nothing is ever missed, but for the positives’ ln σ(−Γ̂)', () => {
    const shape = { rows: 1, positives: 1, negatives: 1, labelled: 0 };
    const example = lossCase(shape, [0.4], [0.9]);
    const gamma = { positive: Float64Array.of(-40), negative: Float64Array.of(-40) };
    const gradient = lossGradient(nbpoO.create({ L: 1 }, lossFacts), {
      ...example,
      scores: { ...example.scores, auxiliary: { gamma } },
    });
    expect(gradient.get('positive')![0]).toBeCloseTo(-sigma(-0.4), 6);
    expect(gradient.get('negative')![0]).toBeCloseTo(sigma(0.9), 6);
  });
});

describe('eq. 8 with its own gradient', () => {
  testLoss(nbpoS, { engines, naive: surrogateLikelihood, inspects, refuses });

  test('vanishes where a positive scores far too low', () => {
    const far = lossCase({ rows: 1, positives: 1, negatives: 1, labelled: 0 }, [-50], [0]);
    expect(lossGradient(nbpoS.create({ L: 0 }, lossFacts), far).get('positive')![0]).toBeCloseTo(0, 10);
  });
});
