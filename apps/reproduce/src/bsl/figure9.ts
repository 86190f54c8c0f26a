import type { Claim } from '../claims/statement.ts';
import type { Experiment } from '../experiment.ts';
import { all, datasets, metrics, movieLens, pick, settingsAreFixed } from './shared.ts';

const baselines = ['bpr', 'bce', 'mse'];
const softmax = ['sl', 'bsl'];

const claims: readonly Claim[] = [
  {
    text: 'On MovieLens "SL and BSL exhibit extremely stable performance".',
    source: '§V-C',
    reading: 'the least and the greatest value along N within 10 % of each other in both metrics',
    datasets: movieLens,
    statement: { kind: 'stable', methods: softmax, within: 0.1 },
  },
  {
    text: 'There "BCE experiences fluctuations with the addition of negative samples"; "however ... SL and BSL exhibit extremely stable performance".',
    source: '§V-C',
    reading:
      'from its greatest to its least value along N each of SL and BSL loses a smaller share than BCE, in both metrics',
    datasets: movieLens,
    statement: { kind: 'steadier', methods: softmax, than: ['bce'] },
  },
  {
    text: '"BSL consistently outperforms SL."',
    source: '§V-C',
    reading: 'BSL (reference form) above SL at every N in both metrics',
    datasets: all,
    statement: { kind: 'beats', better: ['bsl'], worse: ['sl'] },
  },
  {
    text: 'On MovieLens "MSE continues to decline ... with the addition of negative samples".',
    source: '§V-C',
    reading: 'MSE lower at each number of negatives than at the one before, in both metrics',
    datasets: movieLens,
    statement: { kind: 'trend', methods: ['mse'], goes: 'down', steadily: true },
  },
  {
    text: 'On Gowalla "SL displays a rising ... trend", and "BSL exhibits the same trend as SL".',
    source: '§V-C',
    reading: 'SL and BSL higher at the most negatives than at the fewest in both metrics',
    datasets: ['gowalla'],
    statement: { kind: 'trend', methods: softmax, goes: 'up' },
  },
  {
    text: 'a "gradually stabilizing trend".',
    source: '§V-C',
    reading: 'SL and BSL change less over the last step along N than over the first, in both metrics',
    datasets: ['gowalla'],
    statement: { kind: 'levels off', methods: softmax },
  },
  {
    text: 'On Gowalla SL "is unable to achieve superior performance against other baseline models". (In Table II, with 800 negatives, it is above all three.)',
    source: '§V-C',
    reading: 'at every N the best of BPR, BCE and MSE above SL in both metrics',
    datasets: ['gowalla'],
    statement: { kind: 'beats', better: baselines, worse: ['sl'], any: true },
  },
  {
    text: 'On Gowalla BSL "effectively addresses the issue of false positive samples ..., enabling it to demonstrate superiority".',
    source: '§V-C',
    reading: 'at N = 512, of those run the nearest to Table II’s 800, BSL above the other four in both metrics',
    datasets: ['gowalla'],
    statement: { kind: 'beats', better: ['bsl'], worse: [...baselines, 'sl'], at: [512] },
  },
  {
    text: 'On Gowalla "the suboptimal performance of SL with a very small number of negative instances (e.g., 32)".',
    source: 'Response to reviewer 14, comment 4',
    reading: 'at N = 32 the best of BPR, BCE and MSE above SL in both metrics',
    datasets: ['gowalla'],
    statement: { kind: 'beats', better: baselines, worse: ['sl'], any: true, at: [32] },
  },
  {
    text: 'There "SL performs similar to BCE with 2048 negative instances". (In Table II, with 800, BCE has .1492 and SL .1760 in Recall@20.)',
    source: 'Response to reviewer 14, comment 4',
    reading: 'at N = 2,048 the two within 5 % of each other in both metrics',
    datasets: ['gowalla'],
    statement: { kind: 'equals', one: 'sl', other: 'bce', within: 0.05, at: [2048] },
  },
];

/** Figure 9 of BSL: the five losses over the number of negatives. */
export const figure9: Experiment = {
  id: 'figure:9',
  title: 'Figure 9, the number of negatives',
  metrics,
  datasets: datasets({ epochs: 12, minutes: { 'ml-100k': '10', 'ml-1m-bsl': '60', gowalla: '180', yelp2018: '240' } }),
  methods: pick('bpr', 'bce', 'mse', 'sl', 'bsl'),
  axes: [
    {
      title: 'number of negatives N',
      symbol: 'N',
      set: 'negatives',
      values: { smoke: [8, 64], quick: [32, 128, 512], full: [32, 128, 512, 2048] },
      scale: 'log',
    },
  ],
  view: { kind: 'lines' },
  claims,
  departures: settingsAreFixed,
};
