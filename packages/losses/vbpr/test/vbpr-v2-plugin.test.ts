import { vbprV2Plugin } from '@losslab/loss-vbpr';
import { testLoss } from '@losslab/testkit';
import { dot, minusLogSigmoid } from './naive.ts';
import { naiveLoss, options, type RowLoss, ratedTrain } from './v2.ts';
import { testOracle } from './v2-suite.ts';

const row: RowLoss = (s, t, alpha, beta) => minusLogSigmoid(dot(alpha, s) - dot(beta, t));

testLoss(vbprV2Plugin, {
  engines: ['simd', 'cpu'],
  train: ratedTrain,
  options,
  refuses: [
    [{ cPos: 0 }, 'cPos: must be > 0 (the softmax of v2), got 0'],
    [{ cNeg: -2 }, 'cNeg: must be > 0 (the softmax of v2), got -2'],
    [{ rarity: -1 }, 'rarity: must be >= 0 (the priors of v2), got -1'],
  ],
  inspects: { positiveWeights: ['B', 'M'], negativeWeights: ['B', 'N'] },
  naive: naiveLoss(row),
});

testOracle(vbprV2Plugin, row);
