import type { Experiment } from '../experiment.ts';
import { claims } from './claims.ts';
import { methods } from './methods.ts';
import { commonDepartures, datasets, metrics } from './shared.ts';

/** Table II of BSL: the five losses on matrix factorisation, and eq. 18 as printed. */
export const table2: Experiment = {
  id: 'table:II',
  title: 'Table II, the MF rows',
  metrics,
  datasets: datasets({
    epochs: { 'ml-1m-bsl': 100, gowalla: 12, yelp2018: 12 },
    minutes: { 'ml-100k': '4', 'ml-1m-bsl': '15', gowalla: '30', yelp2018: '30' },
  }),
  methods,
  reference: 'bsl',
  view: { kind: 'table', table: 'II' },
  claims,
  departures: [
    { text: 'Amazon is left out: its split is not among the data sets at hand.' },
    {
      text: 'The paper gives no settings for BPR, BCE and MSE: the table of settings says where each of theirs comes from. Batch size, number of negatives and dropout are those of SL and BSL.',
    },
    {
      text: 'Eq. 18 has no published settings either: τ2 is the code’s τ and τ1 is τ/w, which gives both sides the weights that the code gives them; four positives a row, drawn from the user’s own.',
    },
    { text: 'SL’s row is SL (eq. 5, divided by τ), as the authors’ README has it; their logs of SL ran another loss.' },
    ...commonDepartures,
  ],
};
