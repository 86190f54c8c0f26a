import { bceLabelled } from '@losslab/loss-inverse';
import { lossCase, lossFacts, lossValue, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { labelledMean } from './naive.ts';

testLoss(bceLabelled, { engines: ['simd', 'cpu'], naive: ({ labelled }) => labelledMean(labelled) });

test('a batch without labelled pairs is refused', () => {
  const nothing = lossCase({ rows: 1, positives: 0, negatives: 0, labelled: 0 }, [], []);
  expect(() => lossValue(bceLabelled.create({}, lossFacts), nothing)).toThrow(
    '[loss-inverse] expected a batch with labelled or unlabelled pairs, got none; use sampler labelled (eq. 1)',
  );
});
