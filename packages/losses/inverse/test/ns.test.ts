import { ns } from '@losslab/loss-inverse';
import { testLoss } from '@losslab/testkit';
import { labelledMean, logLoss, mean } from './naive.ts';

testLoss(ns, {
  engines: ['simd', 'cpu'],
  naive: ({ labelled, negative }) => labelledMean(labelled) + mean(negative.flat().map((x) => logLoss(x, 0))),
});
