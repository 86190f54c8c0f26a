import type { Experiment } from '../experiment.ts';
import { ngcfMethods } from './ngcf.ts';
import { all, commonDepartures, datasets, metrics } from './shared.ts';

/** Table II of BSL: the five losses on NGCF. */
export const table2Ngcf: Experiment = {
  id: 'table:II-ngcf',
  title: 'Table II, the NGCF rows',
  metrics,
  datasets: datasets({ epochs: 10, minutes: { 'ml-100k': '15', 'ml-1m-bsl': '150', gowalla: '500', yelp2018: '800' } }),
  methods: ngcfMethods,
  reference: 'ngcf-bsl',
  view: { kind: 'table', table: 'II' },
  claims: [
    {
      text: '"SL and BSL consistently outperform other loss functions by a significant margin on all four datasets and three backbone models."',
      source: '§V-B',
      reading: 'on NGCF SL and BSL above BPR, BCE and MSE in both metrics',
      datasets: all,
      statement: { kind: 'beats', better: ['ngcf-sl', 'ngcf-bsl'], worse: ['ngcf-bpr', 'ngcf-bce', 'ngcf-mse'] },
    },
    {
      text: '"BSL consistently outperforms SL in all conditions."',
      source: '§V-B',
      reading: 'on NGCF BSL above SL in both metrics',
      datasets: all,
      statement: { kind: 'beats', better: ['ngcf-bsl'], worse: ['ngcf-sl'] },
    },
  ],
  departures: [
    {
      text: 'Of NGCF the paper says in Table V that SL and BSL train on cosines and rank by inner products, and gives no settings. Model and optimizer are those of the command of NGCF’s authors for Gowalla, on every data set and for every loss; batches, and for SL and BSL negatives, τ and w, are those of LightGCN. None was tuned.',
    },
    {
      text: 'The vectors of layers 1 to 3 are divided by their norms before they are joined, as in the code of NGCF’s authors, not in its equations.',
    },
    ...commonDepartures,
  ],
};
