import type { Experiment } from '../experiment.ts';
import { all, datasets, metrics, pick, settingsAreFixed } from './shared.ts';

/** Figure 12 of BSL: the five losses over the length of the vectors. */
export const figure12: Experiment = {
  id: 'figure:12',
  title: 'Figure 12, the embedding dimension',
  metrics,
  datasets: datasets({ epochs: 12, minutes: { 'ml-100k': '15', 'ml-1m-bsl': '90', gowalla: '300', yelp2018: '400' } }),
  methods: pick('bpr', 'bce', 'mse', 'sl', 'bsl'),
  axes: [
    {
      title: 'dimension D',
      symbol: 'D',
      set: 'model.dimension',
      values: { smoke: [16, 64], quick: [64, 128, 256], full: [64, 128, 256, 512] },
      scale: 'log',
    },
  ],
  view: { kind: 'lines' },
  claims: [
    {
      text: '"Even with increased embedding sizes (e.g., 512), the integration of SL/BSL consistently improves model performance."',
      source: '§V-E, Fig. 12',
      reading: 'SL and BSL above BPR, BCE and MSE at every D in both metrics',
      datasets: all,
      statement: { kind: 'beats', better: ['sl', 'bsl'], worse: ['bpr', 'bce', 'mse'] },
    },
    {
      text: '"Despite the marginal performance gains of SL/BSL as the dimensions increase, it showcases its robustness towards the model and feature dimensions."',
      source: '§V-E, Fig. 12',
      reading: 'the least and the greatest value along D within 5 % of each other in both metrics',
      datasets: all,
      statement: { kind: 'stable', methods: ['sl', 'bsl'], within: 0.05 },
    },
  ],
  departures: settingsAreFixed,
};
