import { distanceFromHalf, shareAboveHalf, shareOfUpdates, updates } from '../claims/quantities.ts';
import type { Claim } from '../claims/statement.ts';
import type { Experiment, Setting } from '../experiment.ts';
import { method } from './methods.ts';
import { commonDepartures, datasets, metrics, paperData, plays, standIn, textRule } from './shared.ts';

/** Figure 1 of Inverse Learning: labelled data alone, with unlabelled data, with guided unlabelled data. */
export const figure1: Experiment = {
  id: 'figure:1',
  title: 'Figure 1, three uses of the data',
  metrics,
  datasets: datasets({ [paperData]: '5', [textRule]: '4', [standIn]: '3', [plays]: '3' }),
  methods: [method('GMF', 'None'), method('GMF', 'IDL'), method('GMF', 'IG')],
  view: { kind: 'curves', of: ['auc'] },
  claims: [
    {
      text: '"Guidance on unlabeled data can improve the robustness of unsupervised learning."',
      source: '§1, Fig. 1',
      reading: 'IG above IDL in AUC',
      datasets: [paperData, textRule, standIn, plays],
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

const pairOfLists = (positive: string, negative: string) => [
  { list: positive, title: 'positive weight w¹' },
  { list: negative, title: 'negative weight w⁰' },
];

const weights = {
  metrics,
  methods: [method('GMF', 'IG'), method('NeuMF', 'IG')],
  view: {
    kind: 'histogram',
    title: 'weight in eq. 4',
    moments: [
      {
        title: 'epoch 1 after training-train',
        lists: pairOfLists('firstPositiveWeights', 'firstNegativeWeights'),
      },
      { title: 'epoch kept', lists: pairOfLists('positiveWeights', 'negativeWeights') },
    ],
  },
  probe: { kind: 'batch', most: 1024, first: { after: 'training-train', before: 'training-test' } },
} as const satisfies Partial<Experiment>;

const fasterAnnotation = (dataset: string, source: string): Claim => ({
  text: '"At the beginning, the linear GMF model fails to well classify the unlabeled data but the deep NeuMF model has well captured the pattern."',
  source,
  reading:
    'after the first pass over training-train w¹ is farther from ½ under NeuMF than under GMF, in the mean of a batch',
  datasets: [dataset],
  quantities: [distanceFromHalf('firstPositiveWeights')],
  statement: { kind: 'beats', better: ['neumf-ig'], worse: ['gmf-ig'] },
});

/** Figure 4 of Inverse Learning: w¹ and w⁰ of unlabelled pairs after pre-training on training-train and at the end. */
export const figure4: Experiment = {
  ...weights,
  id: 'figure:4',
  title: 'Figure 4, positive and negative weights on MovieLens 1M',
  datasets: datasets({ [paperData]: '5', [textRule]: '4' }),
  claims: [
    {
      text: '"In the ML1M dataset, most sampled instances are labeled as positive with more positive weights."',
      source: '§4.3, Fig. 4',
      reading:
        'at the epoch kept more than half of a batch’s unlabelled pairs have w¹ above ½, with GMF and with NeuMF',
      datasets: [paperData],
      quantities: [shareAboveHalf('positiveWeights')],
      statement: { kind: 'above', methods: ['gmf-ig', 'neumf-ig'], value: 0.5 },
    },
    fasterAnnotation(paperData, '§4.3, Fig. 4'),
  ],
  departures: [
    {
      text: 'Weights are of one training-test batch of the first seed: the first one, after the first pass over training-train as in the paper, and one under the weights of the epoch that is kept, where the paper has that of convergence.',
    },
    ...commonDepartures,
  ],
};

/** Figure 5 of Inverse Learning on the stand-ins for Micro Video. */
export const figure5: Experiment = {
  ...weights,
  id: 'figure:5',
  title: 'Figure 5, positive and negative weights on stand-ins for Micro Video',
  datasets: datasets({ [standIn]: '3', [plays]: '3' }),
  claims: [fasterAnnotation(standIn, '§4.3, Fig. 5')],
  departures: figure4.departures,
};

const directions = ['direct', 'inverse', 'pass'];
const byStep = {
  view: {
    kind: 'steps',
    groups: directions.map((list) => ({ list, title: list })),
    title: 'step of training-test',
    of: ['loss', ...directions],
  },
  probe: { kind: 'steps', most: 2000 },
} as const satisfies Partial<Experiment>;
const drawn = {
  text: 'Points are the labelled losses of training-test steps of the first seed, 2,000 at most, thinned evenly; below them the counts of each direction by epoch, beside the mean loss of all steps.',
};

/** Figure 6 of Inverse Learning: which way the updates of training-test go. */
export const figure6: Experiment = {
  id: 'figure:6',
  title: 'Figure 6, loss of training-test and directions',
  metrics,
  datasets: datasets({ [paperData]: '5', [textRule]: '4', [standIn]: '3', [plays]: '3' }),
  methods: [method('GMF', 'IG'), method('NeuMF', 'IG')],
  ...byStep,
  claims: [
    {
      text: '"There is no case of passing gradient in the descent procedures."',
      source: '§4.4, Fig. 6',
      reading: 'no update passed in any epoch, with GMF and with NeuMF',
      datasets: [paperData, standIn],
      quantities: [updates('pass')],
      statement: { kind: 'occurs', does: false, methods: ['gmf-ig', 'neumf-ig'] },
    },
    {
      text: 'On ML1M "at the early stage, GMF model is updated with direct gradient".',
      source: '§4.4, Fig. 6',
      reading: 'more than half of the updates of the first epoch direct',
      datasets: [paperData],
      quantities: [shareOfUpdates('direct', 'first')],
      statement: { kind: 'above', methods: ['gmf-ig'], value: 0.5 },
    },
    {
      text: 'and "finally with inverse gradient".',
      source: '§4.4, Fig. 6',
      reading: 'more than half of the updates of the last epoch inverse',
      datasets: [paperData],
      quantities: [shareOfUpdates('inverse', 'last')],
      statement: { kind: 'above', methods: ['gmf-ig'], value: 0.5 },
    },
    {
      text: '"For the Micro Video dataset, the models are always updated with direct gradient."',
      source: '§4.4, Fig. 6',
      reading: 'on the stand-in no update inverse or passed in any epoch, with GMF and with NeuMF',
      datasets: [standIn],
      quantities: [updates('inverse'), updates('pass')],
      statement: { kind: 'occurs', does: false, methods: ['gmf-ig', 'neumf-ig'] },
    },
  ],
  departures: [drawn, ...commonDepartures],
};

const withRatio = (setting: Setting, ratio: number): Setting => ({
  ...setting,
  step: { name: 'ig', holdOut: 0.1, alpha: ratio * (setting.optimizer!.learningRate as number) },
});

/** Figure 7 of Inverse Learning on the stand-ins: α of 1, 10, 50 and 100 times γ. */
export const figure7: Experiment = {
  id: 'figure:7',
  title: 'Figure 7, the ratio of the learning rates, on stand-ins for Micro Video',
  metrics,
  datasets: datasets({ [standIn]: '5', [plays]: '5' }),
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
  ...byStep,
  claims: [
    {
      text: '"When α is smaller than 10 times γ, the gradients are often direct gradients."',
      source: '§4.5, Fig. 7',
      reading: 'at α = γ more than half of the updates of the first and of the last epoch direct',
      datasets: [standIn],
      quantities: [shareOfUpdates('direct', 'first'), shareOfUpdates('direct', 'last')],
      statement: { kind: 'above', methods: ['gmf-ig'], value: 0.5, at: [1] },
    },
    {
      text: '"When α grows up to 50 times γ, the inverse gradients appear."',
      source: '§4.5, Fig. 7',
      reading: 'some update inverse at α = 50 γ',
      datasets: [standIn],
      quantities: [updates('inverse')],
      statement: { kind: 'occurs', does: true, methods: ['gmf-ig'], at: [50] },
    },
    {
      text: '"When α grows up to 100 times γ, there even appear pass gradients."',
      source: '§4.5, Fig. 7',
      reading: 'some update passed at α = 100 γ',
      datasets: [standIn],
      quantities: [updates('pass')],
      statement: { kind: 'occurs', does: true, methods: ['gmf-ig'], at: [100] },
    },
    {
      text: '"Smaller learning rate for inverse dual loss can avoid gradient ascent."',
      source: '§4.5, Fig. 7',
      reading: 'no update passed at α = γ',
      datasets: [standIn],
      quantities: [updates('pass')],
      statement: { kind: 'occurs', does: false, methods: ['gmf-ig'], at: [1] },
    },
  ],
  departures: [drawn, ...commonDepartures],
};
