import { useEngine } from '@losslab/backend';
import { generate } from '@losslab/data';
import type { RunConfigInput } from '@losslab/trainer';
import { expect, test } from 'vitest';
import { measureFlips } from '../src/nbpo/flips.ts';

await useEngine('simd');
const generated = generate({
  users: 150,
  items: 150,
  interactionsPerUser: 20,
  falsePositiveRate: 0,
  falseNegativeRate: 0.5,
  seed: 3,
});

const config: RunConfigInput = {
  model: { name: 'mf', dimension: 16, initialiser: 'uniform' },
  loss: { name: 'nbpo', L: 10, lambda: 0.1, saturation: 10 },
  step: 'nbpo-reference',
  sampler: { name: 'uniform', order: 'sequential' },
  optimizer: { name: 'sgd', learningRate: 0.02, weightDecay: 0.5 },
  schedule: { name: 'exponential', decay: 0.99 },
  batchSize: 500,
  negatives: 3,
  epochs: 60,
  evaluateEvery: 0,
  at: [5],
};

test('σ(Γ̂) tells flipped from voted among liked pairs, and points away from them among unvoted ones', async () => {
  const found = await measureFlips(generated, config);
  expect(found.unvoted).toBe(150 * 150 - generated.dataset.train.indices.length);
  expect(found.flipped).toBe(generated.truth.liked.indices.length - generated.dataset.train.indices.length);
  expect(found.amongLiked).toBeGreaterThan(0.7);
  expect(found.preference).toBeGreaterThan(0.6);
  expect(found.flipProbability).toBeLessThan(0.45);
  expect(found.missed).toBeLessThan(found.preference);
});

test('a loss without a noise model has no flips to measure', async () => {
  await expect(measureFlips(generated, { ...config, loss: { name: 'nbpo', L: 0 } })).rejects.toThrow(
    '[reproduce] expected a loss with Γ̂, got nbpo; take nbpo with L > 0',
  );
});
