import { firstLoss, laterFall, shareOfUpdates, updates } from '../claims/quantities.ts';
import type { Experiment, Setting } from '../experiment.ts';
import { method } from './methods.ts';
import { commonDepartures, datasets, metrics, paperData, plays, standIn, textRule } from './shared.ts';

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

const turns =
  '"For the ML1M dataset, at the early stage, GMF model is updated with direct gradient, then with a hybrid of direct and inverse gradients, and finally with inverse gradient."';

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
      text: '"there is no case of passing gradient in the descent procedures"',
      source: '§4.4, Fig. 6',
      reading: 'no update passed in any epoch, with GMF and with NeuMF',
      datasets: [paperData, standIn],
      quantities: [updates('pass')],
      statement: { kind: 'occurs', does: false, methods: ['gmf-ig', 'neumf-ig'] },
    },
    {
      text: turns,
      source: '§4.4, Fig. 6',
      reading: 'more than half of the updates of the first epoch direct',
      datasets: [paperData],
      quantities: [shareOfUpdates('direct', 'first')],
      statement: { kind: 'above', methods: ['gmf-ig'], value: 0.5 },
    },
    {
      text: turns,
      source: '§4.4, Fig. 6',
      reading: 'of the updates of the middle epoch at least a tenth direct and a tenth inverse',
      datasets: [paperData],
      quantities: [shareOfUpdates('direct', 'middle'), shareOfUpdates('inverse', 'middle')],
      statement: { kind: 'above', methods: ['gmf-ig'], value: 0.1 },
    },
    {
      text: turns,
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
    {
      text: '"NeuMF will come into a fast convergence in the first epoch."',
      source: '§4.4, Fig. 6',
      reading:
        'after the first epoch the mean labelled loss of an epoch’s steps falls by a smaller share with NeuMF than with GMF',
      datasets: [paperData],
      quantities: [laterFall],
      statement: { kind: 'beats', better: ['gmf-ig'], worse: ['neumf-ig'] },
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
      text: '"when α grows up to 50 times γ, the inverse gradients appear."',
      source: '§4.5, Fig. 7',
      reading: 'some update inverse at α = 50 γ',
      datasets: [standIn],
      quantities: [updates('inverse')],
      statement: { kind: 'occurs', does: true, methods: ['gmf-ig'], at: [50] },
    },
    {
      text: '"when α grows up to 100 times γ, there even appear pass gradients which means the occurrence of gradient ascent."',
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
    {
      text: '"With the growth of learning rate α, the loss convergence becomes faster."',
      source: '§4.5, Fig. 7',
      reading: 'the mean labelled loss of the first epoch’s steps lower at α = 100 γ than at α = γ',
      datasets: [standIn],
      quantities: [firstLoss],
      statement: { kind: 'trend', methods: ['gmf-ig'], goes: 'down' },
    },
    {
      text: '"it also results in fluctuation as there appear more inverse gradients and pass gradients."',
      source: '§4.5, Fig. 7',
      reading: 'more updates inverse and more passed at α = 100 γ than at α = γ; fluctuation itself is not measured',
      datasets: [standIn],
      quantities: [updates('inverse'), updates('pass')],
      statement: { kind: 'trend', methods: ['gmf-ig'], goes: 'up' },
    },
  ],
  departures: [drawn, ...commonDepartures],
};
