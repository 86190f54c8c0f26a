import { anglesOf, potentialInPlane } from '../claims/probed-quantities.ts';
import { epochsOf, epochsOfLoss, firstLoss, lastLoss, secondsAnEpoch } from '../claims/quantities.ts';
import type { Experiment } from '../experiment.ts';
import { bpr, vbpr, vbprAt } from './methods.ts';
import { all, commonDepartures, datasets, recallAndNdcg } from './shared.ts';

const both = datasets({ 'ml-100k-vbpr': '5', 'ml-1m-vbpr': '45' });
const small = datasets({ 'ml-100k-vbpr': '10' });

/** Figure 4 of Variational BPR: how long a hundred epochs take. */
export const figure4: Experiment = {
  id: 'figure:4',
  title: 'Figure 4, running time',
  metrics: recallAndNdcg,
  eachMetricAtItsBest: true,
  datasets: both,
  methods: [bpr, vbpr],
  view: { kind: 'time' },
  claims: [
    {
      text: '"Variational-BPR retains the linear time complexity of BPR, which is also validated by the practical runtime comparisons."',
      source: '§3.4, Complexity; Fig. 4',
      reading:
        'an epoch takes at most 7/3 of BPR’s time, as a pair has one user and M + N = 6 items in place of one user and two items',
      datasets: all,
      quantities: [secondsAnEpoch],
      statement: { kind: 'beats', better: ['bpr'], worse: ['vbpr'], by: 3 / 7 - 1 },
    },
  ],
  departures: [
    {
      text: 'The paper’s times are of its GPUs; ours of the machine that the provenance names, which may do other work.',
    },
    ...commonDepartures,
  ],
};

/** Figure 6 of Variational BPR: the likelihood of held-out items by epoch under false positives. */
export const figure6: Experiment = {
  id: 'figure:6',
  title: 'Figure 6, likelihood under noise',
  metrics: [{ name: 'recall@20' }, { name: 'likelihood' }],
  eachMetricAtItsBest: true,
  datasets: small,
  methods: [bpr, vbpr],
  axes: [
    {
      title: 'noise in the positives',
      symbol: 'noise',
      set: 'data.falsePositives',
      values: { smoke: [0, 0.1], quick: [0, 0.05, 0.1], full: [0, 0.05, 0.1] },
    },
  ],
  view: { kind: 'curves', of: ['likelihood'] },
  claims: [
    {
      text: '"The likelihood converges more rapidly ... when trained with Variational BPR compared to traditional BPR"',
      source: '§5.4, Fig. 6a',
      reading:
        'without noise BPR takes more epochs than VBPR, counted by evaluations, until its likelihood is at 95 % of its best',
      datasets: ['ml-100k-vbpr'],
      quantities: [epochsOf('likelihood')],
      statement: { kind: 'beats', better: ['bpr'], worse: ['vbpr'], at: [0] },
    },
    {
      text: 'and "attains higher levels".',
      source: '§5.4, Fig. 6a',
      reading: 'without noise the likelihood of VBPR above that of BPR',
      datasets: ['ml-100k-vbpr'],
      metrics: ['likelihood'],
      statement: { kind: 'beats', better: ['vbpr'], worse: ['bpr'], at: [0] },
    },
    {
      text: '"Under varying noise levels, the likelihood values associated with Variational BPR converge to a higher value."',
      source: '§5.4, Fig. 6b and c',
      reading: 'the likelihood of VBPR above that of BPR at 5 % and at 10 % noise',
      datasets: ['ml-100k-vbpr'],
      metrics: ['likelihood'],
      statement: { kind: 'beats', better: ['vbpr'], worse: ['bpr'], at: [0.05, 0.1] },
    },
    {
      text: '"As the noise level increases from 5% to 10%, the decrease in likelihood values for Variational BPR relative to BPR is significantly less pronounced."',
      source: '§5.4, Fig. 6b and c',
      reading: 'at 10 % noise VBPR has lost a smaller share than BPR of its likelihood at 5 %',
      datasets: ['ml-100k-vbpr'],
      metrics: ['likelihood'],
      statement: { kind: 'less affected', less: 'vbpr', more: 'bpr', from: 0.05 },
    },
  ],
  departures: [
    {
      text: 'The paper averages five seeds (--seeds 1,2,3,4,5) and does not say how the likelihood of a data set becomes one number: here it is a geometric mean over a user’s pairs, then the mean over users.',
    },
    {
      text: 'No noise is no artificial noise: every rating of the training file is a positive, low ones too, while test items are ratings of 4 and more.',
    },
    ...commonDepartures,
  ],
};

/** Figure 7 of Variational BPR: the training loss by epoch. */
export const figure7: Experiment = {
  id: 'figure:7',
  title: 'Figure 7, loss by epoch',
  metrics: recallAndNdcg,
  eachMetricAtItsBest: true,
  datasets: both,
  methods: [bpr, vbpr],
  view: { kind: 'curves', of: ['loss'] },
  claims: [
    {
      text: '"Variational BPR typically generates larger loss values in the early stages compared to standard BPR."',
      source: '§5.5, Fig. 7',
      reading: 'the mean loss of the first epoch under VBPR above that under BPR',
      datasets: all,
      quantities: [firstLoss],
      statement: { kind: 'beats', better: ['vbpr'], worse: ['bpr'] },
    },
    {
      text: 'and "converges more rapidly ..."',
      source: '§5.5, Fig. 7',
      reading:
        'BPR takes more epochs than VBPR until its mean loss has come 95 % of the way from that of the first epoch to its least',
      datasets: all,
      quantities: [epochsOfLoss],
      statement: { kind: 'beats', better: ['bpr'], worse: ['vbpr'] },
    },
    {
      text: '"... to a lower final loss value".',
      source: '§5.5, Fig. 7',
      reading: 'the mean loss of the last epoch under BPR above that under VBPR',
      datasets: all,
      quantities: [lastLoss],
      statement: { kind: 'beats', better: ['bpr'], worse: ['vbpr'] },
    },
  ],
  departures: [
    { text: 'Losses of different objectives have scales of their own: compare shapes, not heights.' },
    ...commonDepartures,
  ],
};

/** Figure 8 of Variational BPR: directions of users and items after t-SNE. */
export const figure8: Experiment = {
  id: 'figure:8',
  title: 'Figure 8, feature distributions',
  metrics: recallAndNdcg,
  eachMetricAtItsBest: true,
  datasets: small,
  methods: [bpr, vbpr],
  view: { kind: 'density', of: ['users', 'items'], title: 'direction in the plane of t-SNE, radians', angles: true },
  probe: { kind: 'plane', share: 0.5, most: 200 },
  claims: [
    {
      text: '"The user/item feature distributions learned by Variational BPR are more uniform compared to those learned by BPR."',
      source: '§5.6.1, Fig. 8',
      reading: 'the mean Gaussian potential of item vectors under BPR above that under VBPR',
      datasets: ['ml-100k-vbpr'],
      metrics: ['itemPotential'],
      statement: { kind: 'beats', better: ['bpr'], worse: ['vbpr'] },
    },
    {
      text: 'The same of users, and in the plane.',
      source: '§5.6.1, Fig. 8',
      reading:
        'the mean Gaussian potential of directions in the plane of t-SNE under BPR above that under VBPR, of users and of items',
      datasets: ['ml-100k-vbpr'],
      quantities: [potentialInPlane('users'), potentialInPlane('items')],
      statement: { kind: 'beats', better: ['bpr'], worse: ['vbpr'] },
    },
    {
      text: '"The feature distribution of Variational BPR spans the entire range of [−π, π], whereas the distribution learned from BPR fails to cover certain angles."',
      source: '§5.6.1, Fig. 8',
      reading: 'of 36 equal angles of the plane more have a user under VBPR than under BPR, and more have an item',
      datasets: ['ml-100k-vbpr'],
      quantities: [anglesOf('users'), anglesOf('items')],
      statement: { kind: 'beats', better: ['vbpr'], worse: ['bpr'] },
    },
  ],
  departures: [
    {
      text: 'A picture of t-SNE decides little. Uniformity is measured on the items’ vectors before it, by the mean Gaussian potential exp(−2‖x − y‖²) of their directions (Wang & Isola 2020), which is least where they are uniform on the sphere; of users, and where the text is about angles, on the picture.',
    },
    {
      text: 'Drawn as a density over directions, of at most 400 users and 400 items; the paper shows the plane as well.',
    },
    ...commonDepartures,
  ],
};

const ratios = [vbprAt(0.1, 10), vbprAt(1, 1), vbprAt(10, 0.1)];

/** Figure 9 of Variational BPR: hot and cold users and items in the plane, by the ratio of the scaling factors. */
export const figure9: Experiment = {
  id: 'figure:9',
  title: 'Figure 9, hot and cold',
  metrics: [...recallAndNdcg, { name: 'aplt@20' }],
  eachMetricAtItsBest: true,
  datasets: small,
  methods: [bpr, ...ratios],
  view: {
    kind: 'plane',
    groups: [
      { list: 'hotUsers', title: 'hot users' },
      { list: 'coldUsers', title: 'cold users' },
      { list: 'hotItems', title: 'hot items' },
      { list: 'coldItems', title: 'cold items' },
    ],
  },
  probe: { kind: 'plane', share: 0.2, most: 150 },
  claims: [
    {
      text: '"In the second column, where c_pos/c_neg = 0.01, the feature distribution learned by Variational BPR emphasizes the clustering characteristics." It becomes more uniform in the third.',
      source: '§5.6.2, Fig. 9',
      reading:
        'the mean Gaussian potential of the vectors of hot and cold items under (0.1, 10) above that under (1, 1)',
      datasets: ['ml-100k-vbpr'],
      metrics: ['itemPotential'],
      statement: { kind: 'beats', better: ['vbpr-0.1-10'], worse: ['vbpr-1-1'] },
    },
    {
      text: '"When c_pos/c_neg = 100 in the fourth column, both cold and hot items display a more uniform distribution",',
      source: '§5.6.2, Fig. 9',
      reading: 'the same under BPR, (0.1, 10) and (1, 1) above that under (10, 0.1)',
      datasets: ['ml-100k-vbpr'],
      metrics: ['itemPotential'],
      statement: { kind: 'beats', better: ['bpr', 'vbpr-0.1-10', 'vbpr-1-1'], worse: ['vbpr-10-0.1'] },
    },
    {
      text: '"leading to similar exposure opportunities and effectively alleviating popularity bias".',
      source: '§5.6.2, Fig. 9',
      reading: 'with (10, 0.1) the share of long-tail items (APLT@20) above that of BPR, (0.1, 10) and (1, 1)',
      datasets: ['ml-100k-vbpr'],
      metrics: ['aplt@20'],
      statement: { kind: 'beats', better: ['vbpr-10-0.1'], worse: ['bpr', 'vbpr-0.1-10', 'vbpr-1-1'] },
    },
    {
      text: 'A larger c_pos/c_neg "mitigates popularity bias and improves recommendation accuracy".',
      source: '§5.3.1',
      reading: 'with (10, 0.1) Recall@20 and NDCG@20 above those of (0.1, 10) and (1, 1)',
      datasets: ['ml-100k-vbpr'],
      metrics: ['recall@20', 'ndcg@20'],
      statement: { kind: 'beats', better: ['vbpr-10-0.1'], worse: ['vbpr-0.1-10', 'vbpr-1-1'] },
    },
  ],
  departures: [
    { text: 'At most 150 of each group are drawn, the same for every method.' },
    {
      text: 'How uniform items are is measured as for Figure 8, on the vectors of the groups’ items before t-SNE.',
    },
    ...commonDepartures,
  ],
};
