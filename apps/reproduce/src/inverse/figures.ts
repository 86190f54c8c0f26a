import { distanceFromHalf, shareAboveHalf } from '../claims/quantities.ts';
import type { Claim } from '../claims/statement.ts';
import type { Experiment } from '../experiment.ts';
import { method } from './methods.ts';
import { commonDepartures, datasets, metrics, paperData, plays, standIn, textRule } from './shared.ts';

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
  text: '"at the beginning, the linear GMF model fails to well classify the unlabeled data but the deep NeuMF model has well captured the pattern of unlabeled data"',
  source,
  reading:
    'after the first pass over training-train w¹ is farther from ½ under NeuMF than under GMF, in the mean of a batch',
  datasets: [dataset],
  quantities: [distanceFromHalf('firstPositiveWeights')],
  statement: { kind: 'beats', better: ['neumf-ig'], worse: ['gmf-ig'] },
});

const igs = ['gmf-ig', 'neumf-ig'];
const annotated = (dataset: string, source: string): Claim[] => [
  {
    text: '"After convergence, both GMF and NeuMF can well classify the unlabeled data"',
    source,
    reading:
      'at the epoch kept w¹ is more than ¼ from ½, nearer to 0 or 1, in the mean of a batch, with GMF and with NeuMF',
    datasets: [dataset],
    quantities: [distanceFromHalf('positiveWeights')],
    statement: { kind: 'above', methods: igs, value: 0.25 },
  },
  {
    text: '"and capture similar patterns."',
    source,
    reading: 'at the epoch kept the shares of a batch with w¹ above ½ are within 10 % of each other, GMF and NeuMF',
    datasets: [dataset],
    quantities: [shareAboveHalf('positiveWeights')],
    statement: { kind: 'equals', one: 'gmf-ig', other: 'neumf-ig', within: 0.1 },
  },
  fasterAnnotation(dataset, source),
];

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
      statement: { kind: 'above', methods: igs, value: 0.5 },
    },
    ...annotated(paperData, '§4.3, Fig. 4'),
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
  claims: [
    {
      text: '"In the Micro Video dataset, sampled instances are labeled in a more balanced manner."',
      source: '§4.3, Fig. 5',
      reading:
        'on the stand-in, at the epoch kept, a quarter at least of a batch’s unlabelled pairs has w¹ above ½, and a quarter w⁰, with GMF and with NeuMF',
      datasets: [standIn],
      quantities: [shareAboveHalf('positiveWeights'), shareAboveHalf('negativeWeights')],
      statement: { kind: 'above', methods: igs, value: 0.25 },
    },
    ...annotated(standIn, '§4.3, Fig. 5'),
  ],
  departures: figure4.departures,
};
