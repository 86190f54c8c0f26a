import { dataFacts } from '@losslab/core';
import { vbprV2Exact, vbprV2Plugin } from '@losslab/loss-vbpr';
import { type LossCase, lossValue, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { minusLogSigmoid } from './naive.ts';
import { naiveLoss, options, type RowLoss, ratedCase, ratedTrain } from './v2.ts';
import { testOracle } from './v2-suite.ts';

const row: RowLoss = (s, t, alpha, beta) => {
  let expectation = 0;
  for (const [m, a] of alpha.entries()) {
    for (const [n, b] of beta.entries()) expectation += a * b * minusLogSigmoid(s[m]! - t[n]!);
  }
  return expectation;
};

testLoss(vbprV2Exact, {
  engines: ['simd', 'cpu'],
  train: ratedTrain,
  options,
  refuses: [
    [{ cNeg: 0 }, 'cNeg: must be > 0 (the softmax of v2), got 0'],
    [{ negativeHardness: -0.5 }, 'negativeHardness: must be >= 0 (the priors of v2), got -0.5'],
  ],
  inspects: { positiveWeights: ['B', 'M'], negativeWeights: ['B', 'N'] },
  naive: naiveLoss(row),
});

testOracle(vbprV2Exact, row);

test('is at least the plug-in form, and equal to it with M = N = 1', () => {
  const facts = dataFacts(ratedTrain);
  const of = (definition: typeof vbprV2Exact, example: LossCase): number =>
    lossValue(definition.create(options, facts), example);
  const wide = ratedCase({ rows: 8, positives: 3, negatives: 4, labelled: 0 });
  expect(of(vbprV2Exact, wide)).toBeGreaterThan(of(vbprV2Plugin, wide));
  const single = ratedCase({ rows: 8, positives: 1, negatives: 1, labelled: 0 });
  expect(of(vbprV2Exact, single)).toBeCloseTo(of(vbprV2Plugin, single), 6);
});
