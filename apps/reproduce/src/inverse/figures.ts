import type { Experiment, Setting } from '../experiment.ts';
import { method } from './methods.ts';
import { commonDepartures, datasets, metrics, paperData, standIn } from './shared.ts';

/** Figure 1 of Inverse Learning: labelled data alone, with unlabelled data, with guided unlabelled data. */
export const figure1: Experiment = {
  id: 'figure:1',
  title: 'Figure 1, three uses of the data',
  metrics,
  datasets: datasets({ [paperData]: '5', [standIn]: '3' }),
  methods: [method('GMF', 'None'), method('GMF', 'IDL'), method('GMF', 'IG')],
  view: { kind: 'curves', of: ['auc'] },
  claims: [
    {
      text: '"Guidance on unlabeled data can improve the robustness of unsupervised learning."',
      source: '§1, Fig. 1',
      reading: 'IG above IDL in AUC',
      datasets: [paperData, standIn],
      metrics: ['auc'],
      statement: { kind: 'beats', better: ['gmf-ig'], worse: ['gmf-idl'] },
    },
  ],
  departures: [
    {
      text: 'The figure’s bars are drawn as the AUC of the validation part by epoch; its numbers are lost in the text.',
    },
    ...commonDepartures,
  ],
};

const weights = {
  metrics,
  methods: [method('GMF', 'IG'), method('NeuMF', 'IG')],
  axes: [
    {
      title: 'epochs',
      symbol: 'epochs',
      set: 'epochs',
      values: { smoke: [1, 2], quick: [1, 10], full: [1, 10] },
    },
  ],
  view: { kind: 'density', of: ['positiveWeights', 'negativeWeights'], title: 'weight in eq. 4' },
  probe: { kind: 'batch', most: 1024 },
  claims: [],
} as const satisfies Partial<Experiment>;

/** Figure 4 of Inverse Learning: w¹ and w⁰ of unlabelled pairs after the first and the last epoch. */
export const figure4: Experiment = {
  ...weights,
  id: 'figure:4',
  title: 'Figure 4, positive and negative weights on MovieLens 1M',
  datasets: datasets({ [paperData]: '5' }),
  departures: [
    { text: 'Drawn as densities of one training-test batch, where the paper has histograms.' },
    ...commonDepartures,
  ],
};

/** Figure 5 of Inverse Learning on the stand-in for Micro Video. */
export const figure5: Experiment = {
  ...weights,
  id: 'figure:5',
  title: 'Figure 5, positive and negative weights on a stand-in for Micro Video',
  datasets: datasets({ [standIn]: '3' }),
  departures: figure4.departures,
};

const directions = ['loss', 'direct', 'inverse', 'pass'];
const byEpoch = {
  text: 'The paper marks each training-test batch by the direction that it took; here are the counts of each direction by epoch, beside the mean loss of all steps.',
};

/** Figure 6 of Inverse Learning: which way the updates of training-test go. */
export const figure6: Experiment = {
  id: 'figure:6',
  title: 'Figure 6, loss and directions by epoch',
  metrics,
  datasets: datasets({ [paperData]: '5', [standIn]: '3' }),
  methods: [method('GMF', 'IG'), method('NeuMF', 'IG')],
  view: { kind: 'curves', of: directions },
  claims: [],
  departures: [byEpoch, ...commonDepartures],
};

const withRatio = (setting: Setting, ratio: number): Setting => ({
  ...setting,
  step: { name: 'ig', holdOut: 0.1, alpha: ratio * (setting.optimizer!.learningRate as number) },
});

/** Figure 7 of Inverse Learning on the stand-in: α of 1, 10, 50 and 100 times γ. */
export const figure7: Experiment = {
  id: 'figure:7',
  title: 'Figure 7, the ratio of the learning rates, on a stand-in for Micro Video',
  metrics,
  datasets: datasets({ [standIn]: '5' }),
  methods: [method('GMF', 'IG')],
  axes: [
    {
      title: 'α/γ',
      symbol: 'α/γ',
      set: withRatio,
      values: { smoke: [1, 100], quick: [1, 10, 50, 100], full: [1, 10, 50, 100] },
      scale: 'log',
    },
  ],
  view: { kind: 'curves', of: directions },
  claims: [],
  departures: [byEpoch, ...commonDepartures],
};
