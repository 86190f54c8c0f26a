import type { Claim } from '../claims/statement.ts';
import type { Experiment } from '../experiment.ts';
import { all, datasets, metrics, movieLens, pick, settingsAreFixed } from './shared.ts';

const softmax = ['sl', 'bsl'];

const claims: readonly Claim[] = [
  {
    text: 'With more negatives "SL and BSL exhibit extremely stable performance".',
    source: '§V-C',
    reading: 'the least and the greatest value along N within 10 % of each other',
    datasets: movieLens,
    statement: { kind: 'stable', methods: softmax, within: 0.1 },
  },
  {
    text: '"BSL consistently outperforms SL."',
    source: '§V-C',
    reading: 'BSL (reference form) above SL at every N in both metrics',
    datasets: all,
    statement: { kind: 'beats', better: ['bsl'], worse: ['sl'] },
  },
  {
    text: 'On MovieLens "MSE continues to decline" as negatives are added.',
    source: '§V-C',
    reading: 'MSE lower at the most negatives than at the fewest in both metrics',
    datasets: movieLens,
    statement: { kind: 'trend', methods: ['mse'], goes: 'down' },
  },
  {
    text: 'On Gowalla SL displays "a rising and gradually stabilizing trend", and BSL the same.',
    source: '§V-C',
    reading: 'SL and BSL higher at the most negatives than at the fewest in both metrics',
    datasets: ['gowalla'],
    statement: { kind: 'trend', methods: softmax, goes: 'up' },
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
