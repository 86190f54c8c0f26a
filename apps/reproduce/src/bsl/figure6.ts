import type { Axis } from '../axis.ts';
import type { Experiment } from '../experiment.ts';
import { all, datasets, metrics, pick, settingsAreFixed } from './shared.ts';

/** False positives injected into the training part, as a share of it. */
export const positiveNoise: Axis = {
  title: 'noise in the positives',
  symbol: 'noise',
  set: 'data.falsePositives',
  values: { smoke: [0, 0.4], quick: [0, 0.1, 0.2, 0.3, 0.4], full: [0, 0.1, 0.2, 0.3, 0.4] },
};

/** Figure 6 of BSL: SL over the share of false positives. */
export const figure6: Experiment = {
  id: 'figure:6',
  title: 'Figure 6, false positives under SL',
  metrics,
  datasets: datasets({ epochs: 12, minutes: { 'ml-100k': '4', 'ml-1m-bsl': '25', gowalla: '60', yelp2018: '90' } }),
  methods: pick('sl'),
  axes: [positiveNoise],
  view: { kind: 'lines' },
  claims: [
    {
      text: '"A rise in the noise ratio corresponded to a decline in performance."',
      source: '§IV-A, Fig. 6',
      reading: 'SL lower at each noise than at the one before, in both metrics',
      datasets: all,
      statement: { kind: 'trend', methods: ['sl'], goes: 'down', steadily: true },
    },
  ],
  departures: settingsAreFixed,
};
