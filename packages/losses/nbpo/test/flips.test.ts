import { flipProbability, missedProbability } from '@losslab/loss-nbpo';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { sigma } from './naive.ts';

const some = [-40, -3, -0.5, 0, 1, 6, 40];

test('the flip probability is σ(Γ̂)', () => {
  const found = flipProbability(tf.tensor1d(some)).dataSync();
  for (const [k, gamma] of some.entries()) expect(found[k]).toBeCloseTo(sigma(gamma), 6);
});

test('whether an unvoted pair was missed is Bayes’ theorem on the terms of eq. 5', () => {
  for (const r of some) {
    const found = missedProbability(tf.fill([some.length], r), tf.tensor1d(some)).dataSync();
    for (const [k, gamma] of some.entries()) {
      const missed = sigma(gamma) * sigma(r);
      expect(found[k]).toBeCloseTo(missed / (sigma(-r) + missed), 6);
    }
  }
});
