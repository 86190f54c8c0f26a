import type { Experiment } from '../experiment.ts';
import { all, datasets, metrics, pick, settingsAreFixed } from './shared.ts';

/** Figure 8 of BSL: the five losses over the odds of drawing a positive as a negative. */
export const figure8: Experiment = {
  id: 'figure:8',
  title: 'Figure 8, false negatives',
  metrics,
  datasets: datasets({ epochs: 12, minutes: { 'ml-100k': '10', 'ml-1m-bsl': '60', gowalla: '180', yelp2018: '240' } }),
  methods: pick('bpr', 'bce', 'mse', 'sl', 'bsl'),
  axes: [
    {
      title: 'r_noise',
      symbol: 'r_noise',
      set: 'sampler.noiseOdds',
      values: { smoke: [0, 3], quick: [0, 1, 3], full: [0, 1, 3, 5, 10] },
    },
  ],
  view: { kind: 'lines' },
  claims: [
    {
      text: '"SL and BSL consistently outperform other loss functions ..."',
      source: '§V-C, Fig. 8',
      reading: 'SL and BSL above BPR, BCE and MSE at every r_noise in both metrics',
      datasets: all,
      statement: { kind: 'beats', better: ['sl', 'bsl'], worse: ['bpr', 'bce', 'mse'] },
    },
    {
      text: '"... and demonstrate greater stability."',
      source: '§V-C, Fig. 8',
      reading:
        'from its greatest to its least value along r_noise each of SL and BSL loses a smaller share than each of BPR, BCE and MSE, in both metrics',
      datasets: all,
      statement: { kind: 'steadier', methods: ['sl', 'bsl'], than: ['bpr', 'bce', 'mse'] },
    },
    {
      text: '"Noisy data negatively affects loss function performance."',
      source: '§V-C, Fig. 8',
      reading: 'each loss lower at the most noise than at the least in both metrics',
      datasets: all,
      statement: { kind: 'trend', methods: ['bpr', 'bce', 'mse', 'sl', 'bsl'], goes: 'down' },
    },
    {
      text: '"Increasing the noise ratio on Yelp2018 can unexpectedly boost the performance of MSE and BCE."',
      source: '§V-C, Fig. 8',
      reading: 'MSE and BCE higher at the most noise than at the least in both metrics',
      datasets: ['yelp2018'],
      statement: { kind: 'trend', methods: ['mse', 'bce'], goes: 'up' },
    },
  ],
  departures: [{ text: 'The values of r_noise are ours: the text does not give the figure’s.' }, ...settingsAreFixed],
};
