import { negativeIds } from '@losslab/core';
import {
  lossFacts,
  testLoss,
  testModel,
  testSampler,
  toyAuxiliaryLoss,
  toyFactors,
  toyFactsLoss,
  toyHardest,
  toyInBatchLoss,
  toyLabelledLoss,
  toyNeighbours,
  toyStoppedLoss,
} from '@losslab/testkit';

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const softplus = (x: number): number => Math.log(1 + Math.exp(x));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

testLoss(toyLabelledLoss, {
  naive: ({ labelled }, batch) => mean(labelled.map((s, k) => softplus(batch.labelled!.labels[k] ? -s : s))),
});

testLoss(toyAuxiliaryLoss, {
  refuses: [[{ dimension: 0 }, 'dimension: must be >= 1, got 0']],
  naive({ positive, negative, auxiliary }) {
    const trust = auxiliary.trust!.negative;
    const terms = negative.map((row, b) =>
      row.map((t, n) => {
        const w = sigmoid(trust[b]![n]!);
        return w * softplus(t - positive[b]![0]!) + (1 - w) / 2;
      }),
    );
    return mean(terms.flat());
  },
});

testLoss(toyInBatchLoss, {
  naive: ({ positive, negative }) =>
    mean(positive.map(([s], b) => -s! + Math.log(negative[b]!.reduce((sum, t) => sum + Math.exp(t), 0)))),
});

testLoss(toyFactsLoss, {
  options: { power: 0.75 },
  naive({ positive, negative }, batch) {
    const { data, columns } = negativeIds(batch);
    const weight = (b: number, n: number): number => (1 + lossFacts.itemDegrees[data[b * columns + n]!]!) ** 0.75;
    return mean(negative.flatMap((row, b) => row.map((t, n) => weight(b, n) * softplus(t - positive[b]![0]!))));
  },
});

testLoss(toyStoppedLoss, {
  inspects: { weights: ['B', 'N'] },
  naive({ positive, negative }) {
    const rows = negative.map((row, b) => {
      const all = row.reduce((sum, t) => sum + Math.exp(t), 0);
      return row.reduce((sum, t) => sum + (Math.exp(t) / all) * t, 0) - mean(positive[b]!);
    });
    return mean(rows);
  },
});

testModel(toyFactors, { refuses: [[{ dimension: 0 }, 'dimension: must be >= 1, got 0']] });
testModel(toyNeighbours);
testSampler(toyHardest);
