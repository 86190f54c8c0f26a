import { interactionsFromTable } from '@losslab/core';
import { aheadOf, createSampler } from '@losslab/samplers';
import { expect, test } from 'vitest';

test('the README’s example', () => {
  const train = interactionsFromTable({
    userCount: 2,
    itemCount: 5,
    users: Int32Array.of(0, 0, 1),
    items: Int32Array.of(0, 1, 2),
  });
  const context = { train, batchSize: 2, positives: 1, negatives: 3, seed: 1, stream: 0 };
  const sampler = createSampler({ name: 'uniform', options: { exclude: 'seen' } }, context);
  const seen: string[] = [];
  for (const batch of aheadOf(sampler, 1)) {
    seen.push(
      `${batch.step}: ${batch.users.length} rows, ${batch.positives.data.length} + ${batch.negatives === 'in-batch' || batch.negatives.data.length} items`,
    );
  }
  expect(seen).toEqual(['0: 2 rows, 2 + 6 items', '1: 1 rows, 1 + 3 items']);
  expect(sampler.propose(1, 0)).toEqual(sampler.propose(1, 0));
  sampler.dispose?.();
});
