import type { Experiment, Method } from '../experiment.ts';
import { vbprSettings } from './settings.ts';
import { commonDepartures, datasets } from './shared.ts';

const precision = [{ name: 'precision@5' }] as const;
const factors = { smoke: [0.1, 10], quick: [0.1, 0.5, 2, 10], full: [0.1, 0.5, 1, 2, 5, 10] } as const;
const counts = { smoke: [1, 2], quick: [1, 2, 4, 6], full: [1, 2, 3, 4, 5, 6] } as const;

const threeAndThree: Method = {
  id: 'vbpr',
  label: 'MF + VBPR, M = N = 3',
  settings: vbprSettings('mf', { M: 3, N: 3 }),
};
const bestFactors: Method = { id: 'vbpr', label: 'MF + VBPR', settings: vbprSettings('mf') };

/** Figure 5a of Variational BPR: Precision@5 over both scaling factors. */
export const figure5a: Experiment = {
  id: 'figure:5a',
  title: 'Figure 5a, the scaling factors',
  metrics: precision,
  eachMetricAtItsBest: true,
  datasets: datasets({ 'ml-100k-vbpr': '90' }),
  methods: [threeAndThree],
  axes: [
    { title: 'c_pos', symbol: 'c_pos', set: 'loss.cPos', values: factors, scale: 'log' },
    { title: 'c_neg', symbol: 'c_neg', set: 'loss.cNeg', values: factors, scale: 'log' },
  ],
  view: { kind: 'grid' },
  claims: [
    {
      text: '"Variational BPR performs better with larger c_pos values."',
      source: '§5.3.1',
      reading: 'Precision@5 at the greatest c_pos above that at the least, for every c_neg',
      datasets: ['ml-100k-vbpr'],
      statement: { kind: 'trend', methods: ['vbpr'], goes: 'up' },
    },
    {
      text: 'and "smaller c_neg values".',
      source: '§5.3.1',
      reading: 'Precision@5 at the greatest c_neg below that at the least, for every c_pos',
      datasets: ['ml-100k-vbpr'],
      statement: { kind: 'trend', methods: ['vbpr'], goes: 'down', along: 'second' },
    },
    {
      text: '"... particularly in the lower right region"; "higher c_pos/c_neg ratios are preferable for exploring hard samples".',
      source: '§5.3.1, Fig. 5a',
      reading: 'the best of all pairs has c_pos above 1 and c_neg below 1',
      datasets: ['ml-100k-vbpr'],
      statement: { kind: 'best part', methods: ['vbpr'], first: [2, 5, 10], second: [0.1, 0.5] },
    },
  ],
  departures: commonDepartures,
};

/** Figure 5b of Variational BPR: Precision@5 over the numbers of positives and negatives. */
export const figure5b: Experiment = {
  id: 'figure:5b',
  title: 'Figure 5b, positives and negatives',
  metrics: precision,
  eachMetricAtItsBest: true,
  datasets: datasets({ 'ml-100k-vbpr': '90' }),
  methods: [bestFactors],
  axes: [
    { title: 'negatives N', symbol: 'N', set: 'negatives', values: counts },
    { title: 'positives M', symbol: 'M', set: 'positives', values: counts },
  ],
  view: { kind: 'grid' },
  claims: [
    {
      text: '"When M = 1 and N = 1, Variational BPR simplifies to the standard BPR. As either M or N increases, Precision@5 consistently surpasses that of BPR."',
      source: '§5.3.2, Fig. 5b',
      reading: 'Precision@5 at every other M and N above that at M = N = 1',
      datasets: ['ml-100k-vbpr'],
      statement: { kind: 'worst point', methods: ['vbpr'], point: [1, 1] },
    },
    {
      text: '"For a fixed M, Precision@5 initially rises with increasing N but subsequently declines."',
      source: '§5.3.2',
      reading: 'for every M the best N is at neither end of the axis',
      datasets: ['ml-100k-vbpr'],
      statement: { kind: 'peaks', methods: ['vbpr'] },
    },
    {
      text: '"Similarly, when N is held constant, both excessively large and small values of M negatively impact the attention function’s capacity."',
      source: '§5.3.2',
      reading: 'for every N the best M is at neither end of the axis',
      datasets: ['ml-100k-vbpr'],
      statement: { kind: 'peaks', methods: ['vbpr'], along: 'second' },
    },
  ],
  departures: commonDepartures,
};
